namespace ImageRec;

/// <summary>Shortens the calls of what <see cref="IRecommendationEngine{TItem}"/> offers.</summary>
public static class RecommendationEngineExtensions
{
    /// <summary>Finds the <paramref name="count"/> items most similar to the image in a file.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="path">The image's file.</param>
    /// <param name="count">Number of items, 1 or more.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <inheritdoc cref="IRecommendationEngine{TItem}.RecommendAsync" />
    public static Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync<TItem>(
        this IRecommendationEngine<TItem> engine, string path, int count, CancellationToken cancellationToken) =>
        Required(engine).RecommendAsync(ImageSource.FromFile(path), Counting<TItem>(count), cancellationToken);

    /// <inheritdoc cref="RecommendAsync{TItem}(IRecommendationEngine{TItem}, string, int, CancellationToken)" />
    public static Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync<TItem>(
        this IRecommendationEngine<TItem> engine, string path, int count) =>
        engine.RecommendAsync(path, count, CancellationToken.None);

    /// <summary>Finds the five items most similar to the image in a file.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="path">The image's file.</param>
    /// <inheritdoc cref="IRecommendationEngine{TItem}.RecommendAsync" />
    public static Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync<TItem>(this IRecommendationEngine<TItem> engine, string path) =>
        engine.RecommendAsync(path, count: 5);

    /// <summary>Finds the items most similar to the image in a file.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="path">The image's file.</param>
    /// <param name="options">What to recommend.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <inheritdoc cref="IRecommendationEngine{TItem}.RecommendAsync" />
    public static Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync<TItem>(
        this IRecommendationEngine<TItem> engine, string path, RecommendOptions<TItem> options, CancellationToken cancellationToken) =>
        Required(engine).RecommendAsync(ImageSource.FromFile(path), options, cancellationToken);

    /// <inheritdoc cref="RecommendAsync{TItem}(IRecommendationEngine{TItem}, string, RecommendOptions{TItem}, CancellationToken)" />
    public static Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync<TItem>(
        this IRecommendationEngine<TItem> engine, string path, RecommendOptions<TItem> options) =>
        engine.RecommendAsync(path, options, CancellationToken.None);

    /// <summary>Finds the <paramref name="count"/> items most similar to an image.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="picture">Any image.</param>
    /// <param name="count">Number of items, 1 or more.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <inheritdoc cref="IRecommendationEngine{TItem}.RecommendAsync" />
    public static Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync<TItem>(
        this IRecommendationEngine<TItem> engine, ImageSource picture, int count, CancellationToken cancellationToken) =>
        Required(engine).RecommendAsync(picture, Counting<TItem>(count), cancellationToken);

    /// <inheritdoc cref="RecommendAsync{TItem}(IRecommendationEngine{TItem}, ImageSource, int, CancellationToken)" />
    public static Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync<TItem>(
        this IRecommendationEngine<TItem> engine, ImageSource picture, int count) =>
        engine.RecommendAsync(picture, count, CancellationToken.None);

    /// <summary>Finds the items most similar to one of the catalog's own.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="id">Id of the item, which is not among the answers.</param>
    /// <param name="count">Number of items, 1 or more.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentException">The catalog lacks the id.</exception>
    public static Task<IReadOnlyList<Recommendation<TItem>>> RecommendLikeAsync<TItem>(
        this IRecommendationEngine<TItem> engine, string id, int count = 5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Required(engine).RecommendLikeAsync([id], disliked: null, Counting<TItem>(count), cancellationToken);
    }

    /// <summary>Removes an item.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="id">Any id.</param>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    /// <returns>Whether the catalog had it.</returns>
    public static async Task<bool> RemoveAsync<TItem>(
        this IRecommendationEngine<TItem> engine, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await Required(engine).RemoveAsync([id], cancellationToken).ConfigureAwait(false) == 1;
    }

    private static IRecommendationEngine<TItem> Required<TItem>(IRecommendationEngine<TItem> engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return engine;
    }

    private static RecommendOptions<TItem> Counting<TItem>(int count) => new() { Count = count };
}
