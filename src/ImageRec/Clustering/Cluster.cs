namespace ImageRec;

/// <summary>A group of visually similar products.</summary>
/// <param name="Index">0-based number of the group.</param>
/// <param name="MemberIds">Ids of its products, nearest to the centroid first.</param>
/// <param name="MedoidId">The product nearest to the centroid, which of all members has the least sum of squared distances to the others; null for an empty group.</param>
/// <param name="Inertia">Sum of the members' squared distances to the centroid.</param>
public sealed record Cluster(int Index, IReadOnlyList<string> MemberIds, string? MedoidId, double Inertia)
{
    /// <summary>Number of members.</summary>
    public int Size => MemberIds.Count;
}
