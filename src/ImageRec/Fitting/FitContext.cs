namespace ImageRec;

/// <summary>What a component is given when it learns: the seed for its random choices, and a way to be stopped.</summary>
/// <param name="seed">The only source of randomness: same seed and data, same result.</param>
/// <param name="cancellationToken">Checked between steps of the work.</param>
public readonly struct FitContext(int seed, CancellationToken cancellationToken = default)
{
    /// <summary>Gets the only source of randomness.</summary>
    public int Seed => seed;

    /// <summary>Gets what stops the work.</summary>
    public CancellationToken CancellationToken => cancellationToken;
}
