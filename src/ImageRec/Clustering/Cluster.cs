namespace ImageRec;

/// <summary>Describes a group of visually similar items.</summary>
public sealed class Cluster
{
    internal Cluster(int index, IReadOnlyList<string> memberIds, double inertia) =>
        (Index, MemberIds, Inertia) = (index, memberIds, inertia);

    /// <summary>Gets the number of the group, counted from 0.</summary>
    public int Index { get; }

    /// <summary>Gets the ids of the group's items, nearest to the centroid first.</summary>
    public IReadOnlyList<string> MemberIds { get; }

    /// <summary>
    /// Gets the id of the item nearest to the centroid, which of all members has the least sum of squared distances to the others; null for
    /// an empty group.
    /// </summary>
    public string? MedoidId => MemberIds.Count == 0 ? null : MemberIds[0];

    /// <summary>Gets the number of members.</summary>
    public int Size => MemberIds.Count;

    /// <summary>Gets the sum of the members' squared distances to the centroid.</summary>
    public double Inertia { get; }
}
