using System.Diagnostics;
using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Images;
using ImageRec.Indexing;
using ImageRec.Sharing.Answering;
using ImageRec.Sharing.Building;
using ImageRec.Sharing.Stores;
using static System.FormattableString;

namespace ImageRec;

/// <summary>
/// Recommends visually similar items from a shared catalog: any number of these, in any number of processes, answer from one and change it.
/// Made by <see cref="SharedBuilderExtensions"/>.
/// </summary>
/// <remarks>
/// <para>
/// Thread-safe. It holds the network and the fitted models, and no items and no rows: its memory does not grow with the catalog. What one
/// changes, all others see with their next call. An item is changed as a whole, row and JSON together; several items are not changed all at
/// once, and answers may see a part of them.
/// </para>
/// <para>
/// Fewer answers than asked for come back only when fewer match. Where a search leaves that open, every item is looked at, some hundreds at
/// a time: filters that few items match take longer than others.
/// </para>
/// <para>
/// A shard that does not answer is a <see cref="SharedCatalogException"/> that names it; an answer without it comes only where
/// <see cref="SharedCatalogOptions.PartialAfter"/> asks for such answers, and says what it lacks
/// (<see cref="SharedAnswers.MissingShards"/>). Connections that are lost are made again, and a replica that has become a primary is found.
/// </para>
/// </remarks>
/// <typeparam name="TItem">Type of the items.</typeparam>
public sealed class SharedRecommendationEngine<TItem> : IRecommendationEngine<TItem>
{
    // Enough to keep every shard at work; more would only wait for each other.
    private const int QueriesAtOnce = 16;
    private readonly SharedState<TItem> _state;
    private readonly UseCount _uses = new(nameof(SharedRecommendationEngine<TItem>));
    private readonly Lazy<Task> _disposal;

    internal SharedRecommendationEngine(SharedState<TItem> state) =>
        (_state, _disposal) = (state, new Lazy<Task>(DisposeOnceAsync));

    /// <summary>Gets the name of the catalog.</summary>
    public string Name => _state.Index.Name;

    /// <summary>Gets the dimensions per row after reduction, those of the categories included.</summary>
    public int Dimensions => _state.Manifest.Dimensions;

    /// <summary>Gets the number of shards.</summary>
    public int Shards => _state.Manifest.Shards;

    /// <summary>Gets what the build did; null for an engine that was opened.</summary>
    public BuildReport? Report { get; private set; }

    /// <summary>Gets what the engine answers from.</summary>
    internal SharedState<TItem> State => _state;

    /// <inheritdoc />
    public string Describe()
    {
        var (components, pipeline, tuning) = (_state.Components, _state.Pipeline, _state.Tuning);
        var recall = tuning is null ? "recall not measured" : Invariant($"recall@10 {tuning.Recall:0.000} of {tuning.Queries} rows");
        string?[] parts =
        [
            Invariant($"{components.Extractor.Name}({components.Extractor.Dimensions})"), pipeline.Projection.Name,
            pipeline.Categories?.Name, pipeline.Clustering.Name,
            Invariant($"{_state.Index.Kind}({Shards} shards, effort {_state.Effort}, {recall})"),
        ];
        return string.Join(" -> ", parts.OfType<string>());
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync(
        ImageSource picture, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return (await RecommendManyAsync([picture], options, cancellationToken).ConfigureAwait(false))[0].Required();
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<BatchAnswer<Recommendation<TItem>>>> RecommendManyAsync(
        IReadOnlyList<ImageSource> pictures, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Contains(null!))
            throw new ArgumentException("One of the pictures is null.", nameof(pictures));
        options = RecommendOptions<TItem>.Checked(options);
        using var use = _uses.Enter();
        var away = new AwayShards();
        var queries = await new SharedQueries<TItem>(_state.ForQuery(away)).ReadAsync(pictures, cancellationToken).ConfigureAwait(false);
        var answers = new BatchAnswer<Recommendation<TItem>>[queries.Length];
        var pace = new ParallelOptions { MaxDegreeOfParallelism = QueriesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, answers.Length), pace, async (i, stop) => answers[i] = queries[i] is
            { Failure: { } failure }
            ? new(failure)
            : new(await SelectAsync(queries[i].Row, queries[i].Hash, options, [], away, stop).ConfigureAwait(false)))
            .ConfigureAwait(false);
        return answers;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Recommendation<TItem>>> RecommendLikeAsync(
        IEnumerable<string> liked, IEnumerable<string>? disliked = null, RecommendOptions<TItem>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(liked);
        options = RecommendOptions<TItem>.Checked(options);
        using var use = _uses.Enter();
        var (good, bad) = (liked.ToList(), (disliked ?? []).ToList());
        if (good.Count == 0)
            throw new ArgumentException("Give at least one liked id.", nameof(liked));
        string[] ids = [.. good, .. bad];
        // An answer can lack a shard, a question cannot.
        var rows = await _state.Index.ForQuery(away: null).GetRowsAsync(ids, cancellationToken).ConfigureAwait(false);
        var missing = Array.FindIndex(rows, row => row is null);
        if (missing >= 0)
            throw new ArgumentException($"There is no item '{ids[missing]}' in the shared catalog '{Name}'.");
        var query = Rocchio.Query(rows.AsSpan(0, good.Count)!, rows.AsSpan(good.Count)!, Dimensions);
        return await SelectAsync(
            query, picture: null, options, ids.ToHashSet(StringComparer.Ordinal), new AwayShards(), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Recommendation<TItem>>> RecommendByVectorAsync(
        ReadOnlyMemory<float> vector, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default)
    {
        var query = QueryVector.Of(vector, Dimensions);
        options = RecommendOptions<TItem>.Checked(options);
        using var use = _uses.Enter();
        return await SelectAsync(query, picture: null, options, [], new AwayShards(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<float>> ComputeVectorAsync(ImageSource picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var use = _uses.Enter();
        var queries = await new SharedQueries<TItem>(_state.ForQuery(new AwayShards())).ReadAsync([picture], cancellationToken)
            .ConfigureAwait(false);
        var query = queries[0];
        return query.Failure is { } failure ? throw new UnreadableImageException(failure.Message, failure.InnerException) : query.Row;
    }

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<float>?> GetVectorAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        using var use = _uses.Enter();
        return (await _state.Index.ForQuery(away: null).GetRowsAsync([id], cancellationToken).ConfigureAwait(false))[0] is { } row
            ? (ReadOnlyMemory<float>?)row
            : null;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, TItem>> GetAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        using var use = _uses.Enter();
        var records = await _state.Index.ForQuery(away: null).GetAsync([.. ids.Distinct(StringComparer.Ordinal)], cancellationToken)
            .ConfigureAwait(false);
        return records.OfType<SharedRecord>()
            .ToDictionary(record => record.Id, record => _state.Json.Deserialize(record.Id, record.Json), StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(CancellationToken cancellationToken = default)
    {
        using var use = _uses.Enter();
        return (await _state.Index.CountAsync(cancellationToken).ConfigureAwait(false)).Sum();
    }

    /// <summary>Asks every shard how it is: for health checks and for people who operate the store.</summary>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>
    /// One result per shard, in the order of their numbers. A shard that is away is a result, not an error; it takes as long as
    /// <see cref="SharedCatalogOptions.Timeout"/> to find that out.
    /// </returns>
    public async Task<IReadOnlyList<ShardHealth>> CheckHealthAsync(CancellationToken cancellationToken = default)
    {
        using var use = _uses.Enter();
        return await _state.Index.CheckAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Adds items, or replaces those whose id the catalog has. All rows are computed before anything is written; then each item is written
    /// as a whole. When the store fails in the middle, some are there and others are as they were: the same call again finishes it.
    /// </summary>
    /// <param name="items">The items; none is allowed. Images that are unchanged are not computed again.</param>
    /// <param name="progress">Reports progress.</param>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    /// <returns>What was done; items whose image cannot be read are listed there and left as they were.</returns>
    /// <exception cref="CatalogException">An id is empty or occurs twice, or an item cannot be stored.</exception>
    /// <exception cref="SharedCatalogException">A shard does not answer; the message names it.</exception>
    public async Task<BuildReport> UpsertAsync(
        ImageCatalog<TItem> items, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        using var use = _uses.Enter();
        return await Task.Run(async () =>
        {
            var entries = await CatalogList.ReadAsync(items, cancellationToken, mayBeEmpty: true).ConfigureAwait(false);
            _state.Json.RequireRoundTrip(entries);
            var report = await new SharedUpsert<TItem>(_state, progress)
                .RunAsync(entries, writesAtOnce: false, failWhenMostAreInvalid: false, cancellationToken).ConfigureAwait(false);
            _state.Components.Logger.Upserted(Name, report.Computed, report.Reused, report.Items);
            _state.Components.Logger.LeftOut(Name, report);
            Complete(progress, entries.Count, report);
            return report;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes items; ids that the catalog lacks are ignored. When the store fails in the middle, some are gone and others are there: the
    /// same call again finishes it.
    /// </summary>
    /// <param name="ids">Any ids.</param>
    /// <param name="cancellationToken">Stops the removal.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="SharedCatalogException">A shard does not answer; the message names it.</exception>
    public async Task<int> RemoveAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        using var use = _uses.Enter();
        return await _state.Index.RemoveAsync([.. ids.Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for running calls, then closes the connections and releases the network. May be called any number of times.</summary>
    public ValueTask DisposeAsync() => new(_disposal.Value);

    /// <summary>Brings the catalog to a list of items, and measures its recall where the builder asked for one.</summary>
    /// <param name="all">All items.</param>
    /// <param name="part">Which of them are this worker's; null for all.</param>
    /// <param name="written">Those that the fit has computed.</param>
    /// <param name="start">When the build began.</param>
    /// <param name="progress">Reports progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal async Task BuildAsync(
        IReadOnlyList<CatalogEntry<TItem>> all, CatalogPart? part, IReadOnlyCollection<string> written, long start,
        IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        bool IsOurs(string id) => part?.Contains(id) != false;
        var entries = part is null ? all : [.. all.Where(entry => IsOurs(entry.Id))];
        var report = await new SharedUpsert<TItem>(_state, progress)
            .RunAsync(entries, writesAtOnce: true, failWhenMostAreInvalid: true, cancellationToken).ConfigureAwait(false);
        var removed = await RemoveOthersAsync(entries, report.Unreadable, IsOurs, cancellationToken).ConfigureAwait(false);
        if (_state.Components.Ranking.Settings?.Recall is { } recall
            && await new RecallMeter(_state.Index, _state.Manifest).TuneAsync(recall, _state.Components.Seed, cancellationToken)
                .ConfigureAwait(false) is { } tuning)
        {
            await _state.Index.WriteTuningAsync(tuning, cancellationToken).ConfigureAwait(false);
            _state.Tuning = tuning;
        }
        Report = new BuildReport
        {
            Items = (int)Math.Min(await CountAsync(cancellationToken).ConfigureAwait(false), int.MaxValue),
            Computed = report.Computed + written.Count,
            Reused = report.Reused - written.Count(IsOurs),
            Removed = removed,
            Unreadable = report.Unreadable,
            Categories = _state.Pipeline.Categories?.Report,
            Elapsed = Stopwatch.GetElapsedTime(start),
        };
        _state.Components.Logger.Built(Name, Report);
        Complete(progress, entries.Count, Report);
    }

    /// <summary>Removes what is no longer listed, or has become unreadable.</summary>
    private async Task<int> RemoveOthersAsync(
        IReadOnlyList<CatalogEntry<TItem>> entries, IReadOnlyList<UnreadableItem> unreadable, Func<string, bool> isOurs,
        CancellationToken cancellationToken)
    {
        var listed = entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        listed.ExceptWith(unreadable.Select(item => item.Id));
        var removed = 0;
        await foreach (var ids in _state.Index.ListAsync(cancellationToken).ConfigureAwait(false))
            if (ids.Where(id => isOurs(id) && !listed.Contains(id)).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } gone)
                removed += await _state.Index.RemoveAsync(gone, cancellationToken).ConfigureAwait(false);
        return removed;
    }

    private async Task<IReadOnlyList<Recommendation<TItem>>> SelectAsync(
        ReadOnlyMemory<float> query, UInt128? picture, RecommendOptions<TItem> options, HashSet<string> exclude, AwayShards away,
        CancellationToken cancellationToken)
    {
        using var searching = PipelineTelemetry.Begin("search");
        var answers = await new SharedSelection<TItem>(_state.ForQuery(away), query, picture, options, exclude)
            .SelectAsync(cancellationToken).ConfigureAwait(false);
        return away.Mark(answers, Shards);
    }

    private static void Complete(IProgress<BuildProgress>? progress, int items, BuildReport report) =>
        progress?.Report(new BuildProgress(BuildStage.Complete, items, items, 0, report.Elapsed, TimeSpan.Zero));

    private async Task DisposeOnceAsync()
    {
        await _uses.CloseAsync().ConfigureAwait(false);
        try
        {
            await _state.Index.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _state.Components.DisposeExtractor();
        }
    }
}
