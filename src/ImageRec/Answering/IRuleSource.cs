namespace ImageRec.Answering;

/// <summary>Answers one query for rules, without what the query itself excludes.</summary>
internal interface IRuleSource<TItem>
{
    /// <summary>Gets the items that the query is about: liked ones, or those that show the query picture.</summary>
    IReadOnlyList<TItem> QueryItems { get; }

    /// <summary>Finds the most similar items.</summary>
    /// <param name="count">How many.</param>
    /// <param name="minScore">The least score; null for no limit.</param>
    /// <param name="also">Returns whether an item may be an answer, by its id and itself; null for all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    Task<IReadOnlyList<RankedAnswer<TItem>>> SearchAsync(
        int count, float? minScore, Func<string, TItem, bool>? also, CancellationToken cancellationToken);

    /// <summary>Looks items up and scores them; those that are not there, or may not be answers, are left out.</summary>
    Task<IReadOnlyList<RankedAnswer<TItem>>> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken);

    /// <summary>Picks answers that differ from each other, of those with the highest rank.</summary>
    /// <param name="ranked">Best first.</param>
    /// <param name="count">How many to pick.</param>
    /// <param name="mayPick">Called for one that would be next; false skips it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IReadOnlyList<RankedAnswer<TItem>>> VaryAsync(
        IReadOnlyList<RankedAnswer<TItem>> ranked, int count, Func<TItem, bool> mayPick, CancellationToken cancellationToken);

    /// <summary>Returns the ids of a category's items nearest to the middle of each cluster, those of large clusters first.</summary>
    IEnumerable<string> Medoids(string? category);
}
