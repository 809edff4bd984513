using System.Numerics.Tensors;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.PublicApi.Tests.Outside;

/// <summary>Compares the query with every row.</summary>
internal sealed class BruteForceRecommender : IRecommender
{
    private readonly Lock _changes = new();
    private volatile SortedDictionary<int, float[]> _rows = [];

    public string Name => "brute force";

    public int Count => _rows.Count;

    public ValueTask UpsertAsync(ReadOnlyMemory<int> keys, FeatureMatrix unitRows, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (keys.Length != unitRows.Rows)
            throw new ArgumentException($"{keys.Length} keys for {unitRows.Rows} rows.", nameof(keys));
        if (unitRows.Rows > 0 && !TensorPrimitives.IsFiniteAll<float>(unitRows.Values.Span))
            throw new ArgumentException("A value is not finite.", nameof(unitRows));
        lock (_changes)
        {
            var changed = new SortedDictionary<int, float[]>(_rows);
            for (var i = 0; i < keys.Length; i++)
            {
                CheckLength(changed, unitRows.Columns);
                changed[keys.Span[i]] = unitRows[i].ToArray();
            }
            _rows = changed;
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(ReadOnlyMemory<int> keys, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_changes)
        {
            var changed = new SortedDictionary<int, float[]>(_rows);
            foreach (var key in keys.Span)
                changed.Remove(key);
            _rows = changed;
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> SearchAsync(
        ReadOnlyMemory<float> unitQuery,
        Memory<Neighbor> best,
        RowFilter? filter = null,
        float minScore = -1,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rows = _rows;
        CheckLength(rows, unitQuery.Length);
        var answers = rows.Where(row => filter?.Invoke(row.Key) ?? true)
            .Select(row => new Neighbor(row.Key, TensorPrimitives.Dot(row.Value, unitQuery.Span)))
            .Where(answer => answer.Score >= minScore || minScore <= -1)
            .OrderByDescending(answer => answer.Score)
            .Take(best.Length).ToArray();
        answers.CopyTo(best);
        return ValueTask.FromResult(answers.Length);
    }

    public ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken = default)
    {
        var held = _rows.TryGetValue(key, out var values);
        values?.CopyTo(row);
        return ValueTask.FromResult(held);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void CheckLength(SortedDictionary<int, float[]> rows, int length)
    {
        if (rows.Count > 0 && rows.First().Value.Length is var held && held != length)
            throw new ArgumentException($"{length} dimensions; the rows held have {held}.");
    }
}
