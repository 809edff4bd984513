using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.PublicApi.Tests.Outside;

/// <summary>
/// Skips rows that cannot be among the answers: a row is no nearer to the query than their angles to a third row, the pivot, differ. The
/// pivot is what it saves.
/// </summary>
internal sealed class PivotRecommender : IPersistentRecommender
{
    // Angles come of cosines in single precision.
    private const double Slack = 2e-3;

    private readonly Lock _changes = new();
    private volatile PivotRows _rows = new([]);

    public string Name => "pivot";

    public int Count => _rows.All.Count;

    /// <summary>Whether it was filled from a state.</summary>
    public bool IsLoaded { get; private set; }

    public ValueTask UpsertAsync(ReadOnlyMemory<int> keys, FeatureMatrix unitRows, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (keys.Length != unitRows.Rows)
            throw new ArgumentException($"{keys.Length} keys for {unitRows.Rows} rows.", nameof(keys));
        if (unitRows.Rows > 0 && !TensorPrimitives.IsFiniteAll<float>(unitRows.Values.Span))
            throw new ArgumentException("A value is not finite.", nameof(unitRows));
        return Change(rows =>
        {
            for (var i = 0; i < keys.Length; i++)
                rows.Set(keys.Span[i], unitRows[i].ToArray());
        });
    }

    public ValueTask RemoveAsync(ReadOnlyMemory<int> keys, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Change(rows =>
        {
            foreach (var key in keys.Span)
                rows.Remove(key);
        });
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
        rows.CheckLength(unitQuery.Length);
        if (rows.All.Count == 0 || best.IsEmpty)
            return ValueTask.FromResult(0);
        var angle = rows.AngleOf(unitQuery.Span);
        var answers = new PriorityQueue<Neighbor, (float, int)>();
        foreach (var (key, row) in rows.All.Where(row => filter?.Invoke(row.Key) ?? true))
        {
            var least = answers.Count < best.Length ? minScore : Math.Max(minScore, answers.Peek().Score);
            if (Math.Cos(Math.Max(0, Math.Abs(angle - row.Angle) - Slack)) < least)
                continue;
            var score = TensorPrimitives.Dot(row.Values, unitQuery.Span);
            if (score < minScore && minScore > -1)
                continue;
            answers.Enqueue(new Neighbor(key, score), (score, -key));
            if (answers.Count > best.Length)
                answers.Dequeue();
        }
        var found = answers.Count;
        while (answers.TryDequeue(out var worst, out _))
            best.Span[answers.Count] = worst;
        return ValueTask.FromResult(found);
    }

    public ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken = default)
    {
        var held = _rows.All.TryGetValue(key, out var found);
        found.Values?.CopyTo(row);
        return ValueTask.FromResult(held);
    }

    // Length, SHA-256, pivot.
    public async ValueTask SaveStateAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pivot = MemoryMarshal.AsBytes<float>(_rows.Pivot).ToArray();
        await destination.WriteAsync(BitConverter.GetBytes(pivot.Length), cancellationToken);
        await destination.WriteAsync(SHA256.HashData(pivot), cancellationToken);
        await destination.WriteAsync(pivot, cancellationToken);
    }

    public async ValueTask LoadStateAsync(Stream source, IRowSource rows, CancellationToken cancellationToken = default)
    {
        var loaded = new PivotRows(await ReadPivotAsync(source, cancellationToken));
        lock (_changes)
        {
            if (_rows.All.Count > 0)
                throw new InvalidOperationException($"{_rows.All.Count} rows are held already.");
            foreach (var (key, row) in rows.ReadAll())
            {
                cancellationToken.ThrowIfCancellationRequested();
                loaded.Set(key, row.ToArray());
            }
            _rows = loaded;
            IsLoaded = true;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<float[]> ReadPivotAsync(Stream source, CancellationToken cancellationToken)
    {
        try
        {
            var start = new byte[sizeof(int) + SHA256.HashSizeInBytes];
            await source.ReadExactlyAsync(start, cancellationToken);
            var pivot = BitConverter.ToInt32(start) is var length and >= 0 and < 1_000_000 ? new byte[length] : [];
            await source.ReadExactlyAsync(pivot, cancellationToken);
            return SHA256.HashData(pivot).AsSpan().SequenceEqual(start.AsSpan(sizeof(int)))
                ? MemoryMarshal.Cast<byte, float>(pivot).ToArray()
                : throw new InvalidDataException("This is no state of a pivot recommender, or it is damaged.");
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The state ends too early.", e);
        }
    }

    private ValueTask Change(Action<PivotRows> change)
    {
        lock (_changes)
        {
            var rows = _rows.Copy();
            change(rows);
            _rows = rows;
        }
        return ValueTask.CompletedTask;
    }
}
