namespace ImageRec;

/// <summary>Carries what a component is given when it learns: the seed of its random choices and a way to stop it.</summary>
/// <param name="seed">The only source of randomness: the same seed and data give the same result.</param>
/// <param name="cancellationToken">Stops the learning; checked between steps of the work.</param>
public readonly struct FitContext(int seed, CancellationToken cancellationToken = default)
{
    /// <summary>Gets the only source of randomness: the same seed and data give the same result.</summary>
    public int Seed => seed;

    /// <summary>Gets the token that stops the learning; components check it between steps of the work.</summary>
    public CancellationToken CancellationToken => cancellationToken;
}
