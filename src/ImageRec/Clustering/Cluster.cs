namespace ImageRec;

/// <summary>Describes a group of visually similar products.</summary>
public sealed class Cluster
{
    internal Cluster(int index, IReadOnlyList<string> memberIds, string? medoidId, double inertia) =>
        (Index, MemberIds, MedoidId, Inertia) = (index, memberIds, medoidId, inertia);

    /// <summary>Gets the number of the group, counted from 0.</summary>
    public int Index { get; }

    /// <summary>Gets the ids of the group's products, nearest to the centroid first.</summary>
    public IReadOnlyList<string> MemberIds { get; }

    /// <summary>
    /// Gets the id of the product nearest to the centroid, which of all members has the least sum of squared distances to the others; null
    /// for an empty group.
    /// </summary>
    public string? MedoidId { get; }

    /// <summary>Gets the sum of the members' squared distances to the centroid.</summary>
    public double Inertia { get; }

    /// <summary>Gets the number of members.</summary>
    public int Size => MemberIds.Count;
}
