using System.Diagnostics.CodeAnalysis;
using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Images;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Storage;
using ImageRec.Vectors;
using Microsoft.Extensions.Logging;
using static System.FormattableString;

namespace ImageRec;

/// <summary>Recommends visually similar items from a catalog in this process. Made by a <see cref="RecommenderBuilder"/>.</summary>
/// <remarks>
/// <para>
/// Thread-safe. Any number of queries run at once. Each answers from one moment: items, rows and scores that belong together, whatever
/// changes meanwhile; none waits for changes (with a recommender of the caller's, which cannot keep a moment, answers wait while a change
/// is handed to it). Changes are applied one after another, each all or nothing, on disk and in memory.
/// </para>
/// <para>
/// Of all engines on one file, in all processes, one changes it. An engine that was built holds the right to until it is disposed; one that
/// was opened takes it with its first change, or throws an error that names who holds it. All others read, never wait for the writer, and
/// follow it by <see cref="RefreshAsync"/> or at <see cref="RecommenderBuilder.RefreshInterval"/>.
/// </para>
/// <para>
/// Disposed any number of times, also while calls are running: they are waited for. Calls afterwards throw
/// <see cref="ObjectDisposedException"/>.
/// </para>
/// </remarks>
/// <typeparam name="TItem">Type of the items.</typeparam>
public sealed partial class RecommendationEngine<TItem> : IRecommendationEngine<TItem>
{
    private readonly Components _components;
    private readonly IRecommender _recommender;
    private readonly CatalogRows _rows;
    private readonly PropertyCounts<TItem> _counts = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ReadersAndWriter _turns = new();
    private readonly UseCount _uses = new(nameof(RecommendationEngine<TItem>));
    private readonly ILogger _log;
    private readonly bool _readsRowsFromFile;
    private const int TriesBeforePause = 100;
    private CatalogFile _file;
    private Moment<TItem> _moment;
    private int _changedRows;

    internal RecommendationEngine(
        CatalogFile file, Components components, Moment<TItem> moment, IRecommender recommender, CatalogRows rows, BuildReport? report)
    {
        (_file, _components, _moment, _recommender, _rows, Report) = (file, components, moment, recommender, rows, report);
        (_log, Name) = (components.Logger, file.Name);
        (Dimensions, FilePath, _disposal) = (moment.Pipeline.Dimensions, file.Path, new Lazy<Task>(DisposeOnceAsync));
        _readsRowsFromFile = recommender is CosineRecommender && components.Ranking.Settings?.Memory == MemoryMode.CodesOnly;
        _following = components.RefreshInterval is { } interval && file is { IsWriter: false } ? FollowAsync(interval) : Task.CompletedTask;
    }

    /// <summary>Gets the number of items.</summary>
    public int Count => Now.Items.Count;

    /// <summary>Gets the dimensions per row after reduction, those of the categories included.</summary>
    public int Dimensions { get; }

    /// <summary>Gets the full path of the catalog file; null for an engine without one.</summary>
    public string? FilePath { get; }

    /// <summary>Gets what the build did; null for an engine that was opened.</summary>
    public BuildReport? Report { get; }

    /// <summary>
    /// Gets the share of the fitted sample's variance that each dimension of a row carries, largest first; empty when the reduction does
    /// not report it.
    /// </summary>
    public ReadOnlyMemory<float> ExplainedVarianceRatio => Now.Pipeline.Projection.ExplainedVarianceRatio;

    /// <summary>Gets the items, in catalog order, as they are when the enumeration begins.</summary>
    public IEnumerable<TItem> Items => Now.Items.InOrder.Select(record => record.Item);

    /// <inheritdoc />
    public string Describe()
    {
        var pipeline = Pipeline;
        var extractor = Invariant($"{_components.Extractor.Name}({_components.Extractor.Dimensions})");
        string?[] parts = [extractor, pipeline.Projection.Name, pipeline.Categories?.Name, pipeline.Clustering.Name, _recommender.Name];
        return string.Join(" -> ", parts.OfType<string>());
    }

    /// <summary>Looks up an item.</summary>
    /// <returns>Whether the catalog has that id.</returns>
    public bool TryGet(string id, [MaybeNullWhen(false)] out TItem item)
    {
        ArgumentNullException.ThrowIfNull(id);
        var record = Now.Items.ById(id);
        item = record is null ? default : record.Item;
        return record is not null;
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
        options = RecommendOptions<TItem>.Checked(options, takesRules: true);
        using var use = _uses.Enter();
        var queries = await ReadQueriesAsync(pictures, cancellationToken).ConfigureAwait(false);
        // From here to the last answer everything is of one moment.
        var (moment, rows) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var reading = rows;
        var matrix = await queries.RowsAsync(moment, rows, cancellationToken).ConfigureAwait(false);
        var answers = new BatchAnswer<Recommendation<TItem>>[pictures.Count];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = queries.Failures[i] is { } failure
                ? new(failure)
                : new(await RankAsync(moment, rows, matrix.RowMemory(i), queries.Hashes[i], options, exclude: null, cancellationToken)
                    .ConfigureAwait(false));
        return answers;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Recommendation<TItem>>> RecommendLikeAsync(
        IEnumerable<string> liked, IEnumerable<string>? disliked = null, RecommendOptions<TItem>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(liked);
        options = RecommendOptions<TItem>.Checked(options, takesRules: true);
        using var use = _uses.Enter();
        var (moment, rows) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var reading = rows;
        var good = liked.Select(id => Find(moment, id)).ToList();
        var bad = (disliked ?? []).Select(id => Find(moment, id)).ToList();
        if (good.Count == 0)
            throw new ArgumentException("Give at least one liked id.", nameof(liked));
        var (goodKeys, badKeys) = (good.ConvertAll(r => r.Key), bad.ConvertAll(r => r.Key));
        var query = await Rocchio.QueryAsync(rows, Dimensions, goodKeys, badKeys, cancellationToken).ConfigureAwait(false);
        HashSet<int> given = [.. goodKeys, .. badKeys];
        return await RankAsync(moment, rows, query, picture: null, options, given, cancellationToken, good.ConvertAll(r => r.Item))
            .ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Recommendation<TItem>>> RecommendByVectorAsync(
        ReadOnlyMemory<float> vector, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default)
    {
        var query = QueryVector.Of(vector, Dimensions);
        options = RecommendOptions<TItem>.Checked(options, takesRules: true);
        using var use = _uses.Enter();
        var (moment, rows) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var reading = rows;
        return await RankAsync(moment, rows, query, picture: null, options, exclude: null, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<float>> ComputeVectorAsync(ImageSource picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var (rows, _) = await QueryRowsAsync([picture], cancellationToken).ConfigureAwait(false);
        return rows.RowMemory(0);
    }

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<float>?> GetVectorAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        using var use = _uses.Enter();
        var (moment, rows) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var reading = rows;
        var row = new float[Dimensions];
        return moment.Items.ById(id) is { } record && await rows.TryGetRowAsync(record.Key, row, cancellationToken).ConfigureAwait(false)
            ? (ReadOnlyMemory<float>?)row
            : null;
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, TItem>> GetAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        cancellationToken.ThrowIfCancellationRequested();
        var items = Now.Items;
        return Task.FromResult<IReadOnlyDictionary<string, TItem>>(
            ids.Distinct(StringComparer.Ordinal).Select(items.ById).OfType<ItemRecord<TItem>>()
                .ToDictionary(record => record.Id, record => record.Item, StringComparer.Ordinal));
    }

    /// <inheritdoc />
    public Task<long> CountAsync(CancellationToken cancellationToken = default) => Task.FromResult((long)Count);

    /// <summary>Gets what the log calls the catalog.</summary>
    private string Name { get; }

    /// <summary>Gets the latest moment.</summary>
    private Moment<TItem> Now
    {
        get
        {
            _uses.Require();
            return Volatile.Read(ref _moment);
        }
    }

    /// <summary>Begins an answer.</summary>
    /// <returns>The moment it is of, and its rows, disposed when the answer is complete.</returns>
    private async ValueTask<(Moment<TItem> Moment, IRowView Rows)> BeginAsync(CancellationToken cancellationToken)
    {
        if (_recommender is not CosineRecommender)
        {
            var turn = await _turns.ReadAsync(cancellationToken).ConfigureAwait(false);
            return (Volatile.Read(ref _moment), new LiveView(_recommender, turn));
        }
        if (!_readsRowsFromFile)
        {
            var now = Volatile.Read(ref _moment);
            return (now, now.Rows!);
        }
        for (var tries = 0; ; tries++)
        {
            var session = _rows.Begin();
            var now = Volatile.Read(ref _moment);
            if (session.Position == now.Position)
            {
                session.Expected = now.Items.ChecksumOf;
                return (now, now.Rows!.With(session));
            }
            // The file has moved on. Our own change is published right after it is written; another process's is taken over first.
            session.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            var isWriter = Volatile.Read(ref _file).IsWriter;
            // A connection that was opened where nothing could be written sees no changes: it is opened anew.
            if (tries == (isWriter ? TriesBeforePause : 1))
                _rows.Reopen();
            if (!isWriter)
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            else if (tries < TriesBeforePause)
                await Task.Yield();
            else
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static ItemRecord<TItem> Find(Moment<TItem> moment, string id) => moment.Items.ById(id)
        ?? throw new ArgumentException(FormattableString.Invariant($"There is no item '{id}' in this catalog of {moment.Items.Count}."));

    private async Task<QueryImages<TItem>> ReadQueriesAsync(IReadOnlyList<ImageSource> pictures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Contains(null!))
            throw new ArgumentException("One of the pictures is null.", nameof(pictures));
        var queries = new QueryImages<TItem>(_components.Extractor, _components.Limits);
        await queries.ReadAsync(pictures, Now, cancellationToken).ConfigureAwait(false);
        return queries;
    }

    private async Task<IReadOnlyList<Recommendation<TItem>>> RankAsync(
        Moment<TItem> moment, IRowView rows, ReadOnlyMemory<float> query, UInt128? picture, RecommendOptions<TItem> options,
        HashSet<int>? exclude, CancellationToken cancellationToken, IReadOnlyList<TItem>? liked = null)
    {
        using var searching = PipelineTelemetry.Begin("search");
        var selection = new AnswerSelection<TItem>(moment, rows, _counts, query, picture, options, exclude, liked);
        return await selection.SelectAsync(cancellationToken).ConfigureAwait(false);
    }
}
