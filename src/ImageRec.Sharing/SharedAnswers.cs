using ImageRec.Sharing.Stores;

namespace ImageRec;

/// <summary>Says what the answers of a shared catalog lack.</summary>
public static class SharedAnswers
{
    /// <summary>
    /// Returns the numbers of the shards that did not answer in time, ascending: their items are not among the answers. Only a catalog
    /// that was given <see cref="SharedCatalogOptions.PartialAfter"/> answers without them.
    /// </summary>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <param name="answers">What a <see cref="SharedRecommendationEngine{TItem}"/> has returned, as it has returned it.</param>
    /// <returns>Empty for a full answer, and for answers of any other engine.</returns>
    /// <example>
    /// <code>
    /// var hits = await shop.RecommendAsync(upload, 10);
    /// var isPartial = hits.MissingShards().Count > 0;
    /// </code>
    /// </example>
    public static IReadOnlyList<int> MissingShards<TItem>(this IReadOnlyList<Recommendation<TItem>> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return answers is PartialAnswers<TItem> partial ? partial.Missing : [];
    }
}
