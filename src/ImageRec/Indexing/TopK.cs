namespace ImageRec.Indexing;

/// <summary>Keeps the best k answers so far: a heap whose root is the worst of them. Equal scores are ordered by key.</summary>
internal sealed class TopK
{
    private Neighbor[] _heap = [];
    private int _capacity;
    private int _count;

    /// <summary>The score that a row must exceed to become an answer, or equal with a smaller key.</summary>
    public float Threshold { get; private set; }

    public int Capacity => _capacity;

    public int Count => _count;

    /// <summary>Begins anew.</summary>
    /// <param name="capacity">Answers wanted, 1 or more.</param>
    /// <param name="minScore">Answers score at least this.</param>
    public void Start(int capacity, float minScore)
    {
        if (_heap.Length < capacity)
            _heap = new Neighbor[capacity];
        (_capacity, _count, Threshold) = (capacity, 0, minScore);
    }

    /// <summary>Takes a row if it is among the best.</summary>
    public void Offer(int key, float score)
    {
        if (score < Threshold)
            return;
        var row = new Neighbor(key, score);
        if (_count < _capacity)
            Rise(row);
        else if (Worse(_heap[0], row))
            Sink(row, _count);
        if (_count == _capacity)
            Threshold = _heap[0].Score;
    }

    /// <summary>Writes the answers, best first, and empties the heap.</summary>
    public int Drain(Span<Neighbor> best)
    {
        var found = _count;
        while (_count > 0)
        {
            best[--_count] = _heap[0];
            if (_count > 0)
                Sink(_heap[_count], _count);
        }
        return found;
    }

    private static bool Worse(Neighbor a, Neighbor b) => a.Score < b.Score || (a.Score == b.Score && a.Key > b.Key);

    private void Rise(Neighbor row)
    {
        var i = _count++;
        for (; i > 0; i = (i - 1) / 2)
        {
            var parent = _heap[(i - 1) / 2];
            if (!Worse(row, parent))
                break;
            _heap[i] = parent;
        }
        _heap[i] = row;
    }

    private void Sink(Neighbor row, int count)
    {
        var i = 0;
        while (true)
        {
            var child = 2 * i + 1;
            if (child >= count)
                break;
            if (child + 1 < count && Worse(_heap[child + 1], _heap[child]))
                child++;
            if (!Worse(_heap[child], row))
                break;
            _heap[i] = _heap[child];
            i = child;
        }
        _heap[i] = row;
    }
}
