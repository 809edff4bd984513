using System.Collections.Immutable;
using ImageRec.Answering;

namespace ImageRec.Torture.Kill;

/// <summary>What is known of a killed child.</summary>
/// <param name="Acknowledged">Changes it said were done.</param>
/// <param name="Allowed">What the file may hold; null for no catalog.</param>
/// <param name="Moment">What it was doing.</param>
/// <param name="Told">The same in a sentence.</param>
internal sealed record Killed(int Acknowledged, ImmutableSortedDictionary<string, Thing>?[] Allowed, string Moment, string Told);
