using System.Collections.Immutable;
using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Ranking;

/// <summary>Exact cosine search over unit rows in memory.</summary>
public sealed class CosineRecommender : IRecommender
{
    private readonly Lock _writing = new();
    private volatile Snapshot _rows = new([], new FeatureMatrix(0, 1), ImmutableDictionary<int, int>.Empty);

    /// <inheritdoc />
    public string Name => "cosine";

    /// <inheritdoc />
    public int Count => _rows.Keys.Length;

    /// <inheritdoc />
    public ValueTask UpsertAsync(ReadOnlyMemory<int> keys, FeatureMatrix unitRows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        cancellationToken.ThrowIfCancellationRequested();
        if (keys.Length != unitRows.Rows)
            throw new ArgumentException($"{keys.Length} keys came with {unitRows.Rows} rows; each row needs a key of its own.", nameof(keys));
        if (!TensorPrimitives.IsFiniteAll<float>(unitRows.Values.Span))
            throw new ArgumentException("A row holds NaN or infinity.", nameof(unitRows));
        lock (_writing)
        {
            if (_rows.Keys.Length > 0 && _rows.Values.Columns != unitRows.Columns)
                throw new ArgumentException($"The rows have {unitRows.Columns} dimensions; those held have {_rows.Values.Columns}.", nameof(unitRows));
            var all = _rows.Places.ToDictionary(place => place.Key, place => _rows.Values.RowMemory(place.Value));
            for (var i = 0; i < unitRows.Rows; i++)
                all[keys.Span[i]] = unitRows.RowMemory(i);
            _rows = Snapshot.Of(all, unitRows.Columns);
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask RemoveAsync(ReadOnlyMemory<int> keys, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_writing)
        {
            var gone = keys.ToArray().ToHashSet();
            var all = _rows.Places.Where(place => !gone.Contains(place.Key)).ToDictionary(place => place.Key, place => _rows.Values.RowMemory(place.Value));
            _rows = Snapshot.Of(all, _rows.Values.Columns);
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<int> SearchAsync(
        ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter = null, float minScore = -1, CancellationToken cancellationToken = default)
    {
        var rows = _rows;
        if (rows.Keys.Length > 0 && unitQuery.Length != rows.Values.Columns)
            throw new ArgumentException($"The query has {unitQuery.Length} dimensions; the rows have {rows.Values.Columns}.", nameof(unitQuery));
        var found = new List<Neighbor>();
        for (var i = 0; i < rows.Keys.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (filter?.Invoke(rows.Keys[i]) == false)
                continue;
            var score = Math.Clamp(TensorPrimitives.Dot<float>(unitQuery.Span, rows.Values[i]), -1, 1);
            if (score >= minScore)
                found.Add(new Neighbor(rows.Keys[i], score));
        }
        found.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Key.CompareTo(b.Key));
        var count = Math.Min(found.Count, best.Length);
        found[..count].CopyTo(best.Span);
        return ValueTask.FromResult(count);
    }

    /// <inheritdoc />
    public ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken = default)
    {
        var rows = _rows;
        var held = rows.Places.TryGetValue(key, out var place);
        if (held)
            rows.Values[place].CopyTo(row.Span);
        return ValueTask.FromResult(held);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Snapshot(int[] Keys, FeatureMatrix Values, IReadOnlyDictionary<int, int> Places)
    {
        public static Snapshot Of(Dictionary<int, Memory<float>> rows, int columns)
        {
            var keys = rows.Keys.Order().ToArray();
            var values = new FeatureMatrix(keys.Length, columns);
            for (var i = 0; i < keys.Length; i++)
                rows[keys[i]].Span.CopyTo(values[i]);
            return new Snapshot(keys, values, keys.Index().ToDictionary(k => k.Item, k => k.Index));
        }
    }
}
