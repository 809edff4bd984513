namespace ImageRec.Torture.Concurrency;

/// <summary>An answer of an engine.</summary>
/// <param name="Hits">What is recommended.</param>
/// <param name="Items">The items it listed right before; null when it was not asked for them.</param>
internal sealed record Answer(IReadOnlyList<Recommendation<Thing>> Hits, IReadOnlyList<Thing>? Items = null);
