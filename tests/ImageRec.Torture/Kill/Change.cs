using System.Collections.Immutable;

namespace ImageRec.Torture.Kill;

/// <summary>One change of a catalog: what it does, and what there is afterwards.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Things">The list of a build, what an upsert brings, or what a removal names.</param>
/// <param name="After">What the catalog holds when it is done.</param>
internal sealed record Change(ChangeKind Kind, IReadOnlyList<Thing> Things, ImmutableSortedDictionary<string, Thing> After)
{
    public override string ToString() => $"{Kind} of {Things.Count} leaves {After.Count}";
}
