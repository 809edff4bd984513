namespace ImageRec;

/// <summary>
/// Recommends visually similar items: what an app depends on, wherever the catalog is. <see cref="RecommendationEngine{TItem}"/> implements
/// it in this process.
/// </summary>
/// <remarks>
/// Implementations are thread-safe. Disposing waits for the calls that are running; calls afterwards throw
/// <see cref="ObjectDisposedException"/>.
/// </remarks>
/// <typeparam name="TItem">Type of the items.</typeparam>
public interface IRecommendationEngine<TItem> : IAsyncDisposable
{
    /// <summary>Finds the items most similar to an image.</summary>
    /// <param name="picture">Any image.</param>
    /// <param name="options">What to recommend; five items unless given.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Best first; equal scores in catalog order.</returns>
    /// <exception cref="UnreadableImageException">The image cannot be read.</exception>
    Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync(
        ImageSource picture, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default);

    /// <summary>Finds the items most similar to each of several images, computed together.</summary>
    /// <param name="pictures">n images.</param>
    /// <param name="options">What to recommend for each; five items unless given.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>n answers, in the order of the images; that of an image that cannot be read says why.</returns>
    Task<IReadOnlyList<BatchAnswer<Recommendation<TItem>>>> RecommendManyAsync(
        IReadOnlyList<ImageSource> pictures, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default);

    /// <summary>Finds the items most similar to some of the catalog's own, and unlike others.</summary>
    /// <param name="liked">Ids to be similar to, one or more.</param>
    /// <param name="disliked">Ids whose items to avoid; none unless given.</param>
    /// <param name="options">What to recommend; five items unless given. The given ids themselves are never recommended.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <remarks>The query is Rocchio's (1971): the mean of the liked rows less half the mean of the disliked ones.</remarks>
    /// <exception cref="ArgumentException">Nothing is liked, or the catalog lacks an id.</exception>
    Task<IReadOnlyList<Recommendation<TItem>>> RecommendLikeAsync(
        IEnumerable<string> liked, IEnumerable<string>? disliked = null, RecommendOptions<TItem>? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds the items whose rows are most similar to a vector, such as one that <see cref="ComputeVectorAsync"/> returned or a mean of
    /// several.
    /// </summary>
    /// <param name="vector">As many finite numbers as a row has dimensions, not all 0; its length does not matter.</param>
    /// <param name="options">What to recommend; five items unless given.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentException">The vector has another number of dimensions, is 0, or holds NaN or infinity.</exception>
    Task<IReadOnlyList<Recommendation<TItem>>> RecommendByVectorAsync(
        ReadOnlyMemory<float> vector, RecommendOptions<TItem>? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Computes an image's row: its embedding, reduced and L2-normalized, with its categories' part where categories are learned.
    /// </summary>
    /// <param name="picture">Any image.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UnreadableImageException">The image cannot be read.</exception>
    Task<ReadOnlyMemory<float>> ComputeVectorAsync(ImageSource picture, CancellationToken cancellationToken = default);

    /// <summary>Reads an item's row.</summary>
    /// <param name="id">Any id.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The row, L2-normalized; null when the catalog lacks the id.</returns>
    Task<ReadOnlyMemory<float>?> GetVectorAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Looks up items by their ids.</summary>
    /// <param name="ids">Any ids.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The items that the catalog has, by id.</returns>
    Task<IReadOnlyDictionary<string, TItem>> GetAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Counts the items.</summary>
    /// <param name="cancellationToken">Stops the counting.</param>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds items, or replaces those whose id the catalog has. All of them are there afterwards, or, when it fails, none.
    /// </summary>
    /// <param name="items">
    /// The items, such as <c>products.ToCatalog(...)</c>; none is allowed. Images that are unchanged are not computed again.
    /// </param>
    /// <param name="progress">Reports progress.</param>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    /// <returns>What was done; items whose image cannot be read are listed there and left as they were.</returns>
    /// <exception cref="CatalogException">An id is empty or occurs twice, or an item cannot be stored.</exception>
    /// <exception cref="CatalogFileException">
    /// The catalog cannot be written, or another engine changes it; the message names it.
    /// </exception>
    Task<BuildReport> UpsertAsync(
        ImageCatalog<TItem> items, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Removes items; ids that the catalog lacks are ignored. All of them are gone afterwards, or, when it fails, none.</summary>
    /// <param name="ids">Any ids.</param>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="CatalogFileException">
    /// The catalog cannot be written, or another engine changes it; the message names it.
    /// </exception>
    Task<int> RemoveAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Describes the pipeline in one line, such as <c>alexnet-bvlc/pool5(9216) -> pca(128) -> k-means(64) -> cosine</c>.</summary>
    string Describe();
}
