namespace ImageRec;

/// <summary>Short forms of <see cref="RecommendationEngine{TItem}"/>.</summary>
public static class RecommendationEngineExtensions
{
    /// <summary>The <paramref name="count"/> products most similar to a picture.</summary>
    /// <inheritdoc cref="RecommendationEngine{TItem}.RecommendAsync" />
    /// <param name="engine">The engine.</param>
    /// <param name="picture">Any picture; a path converts by itself.</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static Task<IReadOnlyList<Recommendation<TItem>>> RecommendAsync<TItem>(
        this RecommendationEngine<TItem> engine, ImageSource picture, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return engine.RecommendAsync(picture, new RecommendOptions<TItem> { Count = count }, cancellationToken);
    }
}
