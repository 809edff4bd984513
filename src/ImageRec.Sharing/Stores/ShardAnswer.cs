namespace ImageRec.Sharing.Stores;

/// <summary>Holds what one shard found.</summary>
/// <param name="Hits">Records without rows and their cosine similarities, -1 to 1, as the store computed them; best first.</param>
internal sealed record ShardAnswer(IReadOnlyList<(SharedRecord Record, float Score)> Hits);
