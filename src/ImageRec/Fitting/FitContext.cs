namespace ImageRec;

/// <summary>What a component is given when it learns: the seed for its random choices, and a way to be stopped.</summary>
/// <param name="Seed">The only source of randomness: same seed and data, same result.</param>
/// <param name="CancellationToken">Checked between steps of the work.</param>
public readonly record struct FitContext(int Seed, CancellationToken CancellationToken = default);
