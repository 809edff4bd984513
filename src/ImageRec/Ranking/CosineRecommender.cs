using System.Numerics.Tensors;
using ImageRec.Indexing;
using ImageRec.Vectors;

namespace ImageRec.Ranking;

/// <summary>Finds rows by cosine similarity, exactly or to a stated recall, in this process.</summary>
/// <remarks>
/// Rows lie in k-means cells as four-bit codes with certain bounds, and as floats. Exact answers (the default) equal those of comparing
/// every row: same rows, order and scores. Disposed any number of times; use afterwards throws <see cref="ObjectDisposedException"/>.
/// </remarks>
internal sealed class CosineRecommender : IPersistentRecommender
{
    private readonly IndexSettings _settings;
    private readonly VectorIndex _index;
    private readonly IndexReader _reader;
    private readonly UseCount _uses = new(nameof(CosineRecommender));
    private readonly Lazy<Task> _disposal;

    /// <summary>Creates a recommender without rows.</summary>
    /// <param name="options">Copied; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or codes only are to be kept and there is no row source.</exception>
    public CosineRecommender(CosineOptions? options = null)
    {
        options ??= new CosineOptions();
        options.Validate();
        var codesOnly = options.Memory == MemoryMode.CodesOnly;
        if (codesOnly && options.Rows == null)
        {
            throw new ArgumentException(
                $"{nameof(MemoryMode.CodesOnly)} keeps no rows in memory, so {nameof(CosineOptions.Rows)} must say where to read them.",
                nameof(options));
        }
        _settings = new IndexSettings(options.Recall ?? 1, options.Seed, options.Threads, codesOnly ? options.Rows : null);
        _index = new VectorIndex(_settings);
        _reader = new IndexReader(_settings);
        _disposal = new Lazy<Task>(DisposeOnceAsync);
    }

    public string Name => "cosine";

    public int Count => _index.Snapshot.Count;

    public ValueTask UpsertAsync(ReadOnlyMemory<int> keys, FeatureMatrix unitRows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        using var use = _uses.Enter();
        cancellationToken.ThrowIfCancellationRequested();
        if (keys.Length != unitRows.Rows)
            throw new ArgumentException($"{keys.Length} keys were given for {unitRows.Rows} rows; each row needs one.", nameof(keys));
        foreach (var key in keys.Span)
            ArgumentOutOfRangeException.ThrowIfNegative(key, nameof(keys));
        RequireDimensions(unitRows.Columns, "Rows have", nameof(unitRows));
        for (var row = 0; row < unitRows.Rows; row++)
            RequireFinite(unitRows[row], $"Row {row} (key {keys.Span[row]})", nameof(unitRows));
        _index.Upsert(keys.Span, unitRows);
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(ReadOnlyMemory<int> keys, CancellationToken cancellationToken = default)
    {
        using var use = _uses.Enter();
        cancellationToken.ThrowIfCancellationRequested();
        _index.Remove(keys.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> SearchAsync(
        ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter = null, float minScore = -1,
        CancellationToken cancellationToken = default)
    {
        using var use = _uses.Enter();
        return ValueTask.FromResult(Search(_index.Snapshot, unitQuery, best, filter, minScore, rows: null, cancellationToken));
    }

    public ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken = default)
    {
        using var use = _uses.Enter();
        cancellationToken.ThrowIfCancellationRequested();
        var snapshot = _index.Snapshot;
        if (snapshot.Count > 0 && row.Length != snapshot.Dimensions)
            throw new ArgumentException($"There is room for {row.Length} values; rows have {snapshot.Dimensions}.", nameof(row));
        return ValueTask.FromResult(snapshot.TryGetRow(key, row.Span));
    }

    /// <summary>Rebuilds all rows into one part, as from an empty start: after loading many, or before the state is saved.</summary>
    /// <param name="cancellationToken">Stops the work; everything stays as it was.</param>
    public async Task OptimizeAsync(CancellationToken cancellationToken = default)
    {
        using var use = _uses.Enter();
        await _index.OptimizeAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask SaveStateAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var use = _uses.Enter();
        IndexFormat.Write(_index.Snapshot, destination, cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask LoadStateAsync(Stream source, IRowSource rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(rows);
        using var use = _uses.Enter();
        new IndexLoader(_index, _settings, rows).Load(source, cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <summary>Reports what is held and how well searches find it.</summary>
    public CosineReport Describe()
    {
        var snapshot = _index.Snapshot;
        var coded = snapshot.Segments.Sum(part => (double)part.Live);
        var recall = coded == 0 || _settings.IsExact ? 1 : snapshot.Segments.Sum(part => part.Live * part.Segment.Tuning.Recall) / coded;
        var cells = snapshot.Segments.Sum(part => part.Segment.Cells.Count);
        return new CosineReport(
            snapshot.Count, snapshot.Dimensions, snapshot.Segments.Length, cells, snapshot.TailRows, snapshot.Bytes, recall);
    }

    public ValueTask DisposeAsync() => new(_disposal.Value);

    /// <summary>Returns the rows as they are now, for as long as somebody holds on to the view.</summary>
    public CosineView TakeView() => new(this, _index.Snapshot, rows: null);

    /// <summary>Searches a snapshot.</summary>
    public int Search(
        IndexSnapshot snapshot, ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter, float minScore, IRowSource? rows,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireQuery(unitQuery.Span, minScore, nameof(unitQuery));
        return _reader.Search(snapshot, unitQuery.Span, best.Span, filter, minScore, rows, cancellationToken);
    }

    /// <summary>The index inside: for tests and benchmarks.</summary>
    public VectorIndex Index => _index;

    /// <summary>Waits until no merging is due: for tests and benchmarks.</summary>
    public Task SettleAsync() => _index.Maintenance;

    private async Task DisposeOnceAsync()
    {
        await _uses.CloseAsync().ConfigureAwait(false);
        await _index.DisposeAsync().ConfigureAwait(false);
    }

    private void RequireQuery(ReadOnlySpan<float> query, float minScore, string parameter)
    {
        RequireDimensions(query.Length, "The query has", parameter);
        RequireFinite(query, "The query", parameter);
        if (float.IsNaN(minScore))
            throw new ArgumentException("The least score is not a number.", nameof(minScore));
    }

    private void RequireDimensions(int given, string subject, string parameter)
    {
        var held = _index.Snapshot.Dimensions;
        if (held != 0 && given != held)
            throw new ArgumentException($"{subject} {given} dimensions; the rows held have {held}.", parameter);
    }

    private static void RequireFinite(ReadOnlySpan<float> row, string subject, string parameter)
    {
        if (!TensorPrimitives.IsFiniteAll(row))
            throw new ArgumentException($"{subject} holds a value that is not finite.", parameter);
    }
}
