namespace ImageRec.Learning;

/// <summary>Holds what is known of rows beside their values, for honest cross-validation.</summary>
/// <param name="Things">
/// n names of what each row shows, such as product ids, null or empty where it is not known; null when none is.
/// </param>
/// <param name="KnownToNetwork">n answers to whether the network has learned from the very photo; null when it has not.</param>
internal sealed record RowFacts(IReadOnlyList<string?>? Things = null, IReadOnlyList<bool>? KnownToNetwork = null)
{
    /// <summary>Selects the facts of some of the rows, in their order.</summary>
    public RowFacts Select(int[] rows) => new(
        Things is { } things ? Array.ConvertAll(rows, i => things[i]) : null,
        KnownToNetwork is { } known ? Array.ConvertAll(rows, i => known[i]) : null);
}
