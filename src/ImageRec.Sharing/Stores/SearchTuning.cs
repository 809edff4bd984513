namespace ImageRec.Sharing.Stores;

/// <summary>Says how the shards are searched, and what that was measured to find.</summary>
/// <param name="Effort">How many candidates a shard looks at, at least.</param>
/// <param name="Wanted">The share of the ten nearest that was asked for.</param>
/// <param name="Recall">The share that was found, 0 to 1.</param>
/// <param name="Queries">How many of the catalog's own rows it was measured on.</param>
internal sealed record SearchTuning(int Effort, double Wanted, double Recall, int Queries)
{
    /// <summary>The effort of a catalog that was not tuned.</summary>
    public const int UsualEffort = 400;
}
