using ImageRec.Building;
using ImageRec.Ranking;
using ImageRec.Storage;
using ImageRec.Vectors;
using static System.FormattableString;

namespace ImageRec;

/// <summary>Recommends visually similar products. Made by a <see cref="RecommenderBuilder"/>.</summary>
/// <remarks>Thread-safe: any number of queries run at once and never wait for changes; changes are applied one after another. Disposed once, after the last call has returned.</remarks>
/// <typeparam name="TItem">The caller's own type.</typeparam>
public sealed partial class RecommendationEngine<TItem> : IAsyncDisposable
{
    private readonly CatalogFile _file;
    private readonly Components _components;
    private readonly RowPipeline _pipeline;
    private readonly IRecommender _recommender;
    private readonly CatalogRows _rows;
    private readonly ItemTable<TItem> _items;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _changedRows;
    private bool _disposed;

    internal RecommendationEngine(
        CatalogFile file, Components components, RowPipeline pipeline, IRecommender recommender, CatalogRows rows, ItemTable<TItem> items, BuildReport? report)
    {
        (_file, _components, _pipeline, _recommender, _rows, _items, Report) = (file, components, pipeline, recommender, rows, items, report);
    }

    /// <summary>Number of products.</summary>
    public int Count => _items.Count;

    /// <summary>Numbers a row after reduction, those of the categories included.</summary>
    public int Dimensions => _pipeline.Dimensions;

    /// <summary>Full path of the catalogue file; null for an engine without one.</summary>
    public string? File => _file.Path;

    /// <summary>What the build did; null for an engine that was opened.</summary>
    public BuildReport? Report { get; }

    /// <summary>Share of the fitted sample's variance that each dimension of a row carries, largest first; empty when the reduction does not tell.</summary>
    public ReadOnlyMemory<float> ExplainedVarianceRatio => _pipeline.Projection.ExplainedVarianceRatio;

    /// <summary>The products, in catalogue order.</summary>
    public IEnumerable<TItem> Items => _items.InOrder.Select(record => record.Item);

    /// <summary>The pipeline in one line, such as <c>alexnet-bvlc/pool5(9216) -> pca(128) -> k-means(64) -> cosine</c>.</summary>
    public string Describe() =>
        $"{_components.Extractor.Name}({_components.Extractor.Dimensions}) -> {_pipeline.Projection.Name}{(_pipeline.Categories is { } categories ? $" -> {categories.Name}" : "")} -> {_pipeline.Clustering.Name} -> {_recommender.Name}";

    /// <summary>Looks a product up.</summary>
    /// <returns>Whether the catalogue has that id.</returns>
    public bool TryGet(string id, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TItem item)
    {
        ArgumentNullException.ThrowIfNull(id);
        var record = _items.ById(id);
        item = record is null ? default : record.Item;
        return record is not null;
    }

    /// <summary>The products most similar to a picture.</summary>
    /// <param name="picture">Any picture; a path converts by itself.</param>
    /// <param name="options">What to recommend; five products unless given.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Best first; equal scores in catalogue order.</returns>
    /// <exception cref="UnreadableImageException">The picture cannot be read.</exception>
    public async Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync(
        ImageSource picture, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return (await RecommendManyAsync([picture], options, cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>The products most similar to each of several pictures, computed together.</summary>
    /// <param name="pictures">n pictures.</param>
    /// <param name="options">What to recommend for each; five products unless given.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>n answers, in the order of the pictures.</returns>
    /// <exception cref="UnreadableImageException">One of the pictures cannot be read; the message names it.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<Recommendation<TItem>>>> RecommendManyAsync(
        IReadOnlyList<ImageSource> pictures, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        options ??= new RecommendOptions<TItem>();
        options.Validate();
        var (rows, hashes) = await QueryRowsAsync(pictures, cancellationToken).ConfigureAwait(false);
        var answers = new IReadOnlyList<Recommendation<TItem>>[pictures.Count];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = await RankAsync(rows.RowMemory(i), hashes[i], options, exclude: null, cancellationToken).ConfigureAwait(false);
        return answers;
    }

    /// <summary>The products most like some of the catalogue's own, and unlike others.</summary>
    /// <param name="liked">Ids to be similar to, one or more.</param>
    /// <param name="disliked">Ids to stay away from; none unless given.</param>
    /// <param name="options">What to recommend; five products unless given. The given ids themselves are never recommended.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <remarks>The query is Rocchio's (1971): the mean of the liked rows less half the mean of the disliked ones.</remarks>
    /// <exception cref="ArgumentException">Nothing is liked, or the catalogue lacks an id.</exception>
    public async Task<IReadOnlyList<Recommendation<TItem>>> RecommendLikeAsync(
        IEnumerable<string> liked, IEnumerable<string>? disliked = null, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(liked);
        options ??= new RecommendOptions<TItem>();
        options.Validate();
        var good = liked.Select(Find).ToList();
        var bad = (disliked ?? []).Select(Find).ToList();
        if (good.Count == 0)
            throw new ArgumentException("Give at least one liked id.", nameof(liked));
        var query = await Rocchio.QueryAsync(_recommender, Dimensions, good.ConvertAll(r => r.Key), bad.ConvertAll(r => r.Key), cancellationToken).ConfigureAwait(false);
        return await RankAsync(query, picture: null, options, good.Concat(bad).Select(r => r.Key).ToHashSet(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        if (_disposed)
            return;
        _disposed = true;
        // A few changed rows are found again when the file is opened; many are worth keeping what was learned of them.
        if (_changedRows * 20L > Count)
            IndexState.Save(_file, _recommender);
        await _recommender.DisposeAsync().ConfigureAwait(false);
        _rows.Dispose();
        _components.DisposeExtractor();
        _file.Dispose();
        _writing.Release();
    }

    private ItemRecord<TItem> Find(string id) => _items.ById(id) ?? throw new ArgumentException(Invariant($"There is no item '{id}' in this catalogue of {Count:N0}."));

    private async Task<(FeatureMatrix Rows, UInt128[] Hashes)> QueryRowsAsync(IReadOnlyList<ImageSource> pictures, CancellationToken cancellationToken)
    {
        var rows = new FeatureMatrix(pictures.Count, Dimensions);
        var hashes = new UInt128[pictures.Count];
        var sources = new List<ImageSource>();
        var positions = new List<int>();
        for (var i = 0; i < pictures.Count; i++)
        {
            var bytes = await pictures[i].ReadAsync(_components.Limits.MaxBytes, cancellationToken).ConfigureAwait(false);
            hashes[i] = ContentHash.Of(bytes.Span);
            if (_items.ByPicture(hashes[i]) is { } same && await _recommender.TryGetRowAsync(same.Key, rows.RowMemory(i), cancellationToken).ConfigureAwait(false))
                continue;
            sources.Add(ImageSource.FromBytes(bytes, pictures[i].Name));
            positions.Add(i);
        }
        if (sources.Count == 0)
            return (rows, hashes);
        var extractor = _components.Extractor;
        var features = new FeatureMatrix(sources.Count, extractor.Dimensions);
        var failures = await extractor.ExtractAsync(sources, features.Values, cancellationToken).ConfigureAwait(false);
        if (failures.Count > 0)
            throw new UnreadableImageException(failures[0].Reason);
        for (var i = 0; i < sources.Count; i++)
            FeatureComputer.RequireFinite(features[i], sources[i].Name, extractor);
        var computed = _pipeline.ToUnitRows(features);
        for (var i = 0; i < sources.Count; i++)
            computed[i].CopyTo(rows[positions[i]]);
        return (rows, hashes);
    }

    private async Task<IReadOnlyList<Recommendation<TItem>>> RankAsync(
        ReadOnlyMemory<float> query, UInt128? picture, RecommendOptions<TItem> options, HashSet<int>? exclude, CancellationToken cancellationToken)
    {
        using var searching = PipelineTelemetry.Begin("search");
        return await new AnswerSelection<TItem>(_recommender, _items, _pipeline, query, picture, options, exclude).SelectAsync(cancellationToken).ConfigureAwait(false);
    }
}
