namespace ImageRec.Sharing.Stores;

/// <summary>Says how a catalog is laid out when it is made.</summary>
/// <param name="Shards">How many shards; null for as many as usual, or as it has.</param>
/// <param name="Attributes">Names of the properties that the store filters by, in code or in JSON.</param>
internal sealed record SharedLayout(int? Shards, IReadOnlyList<string> Attributes)
{
    /// <summary>Shards of a catalog whose maker says nothing.</summary>
    public const int UsualShards = 4;
}
