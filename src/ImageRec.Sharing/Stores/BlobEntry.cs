namespace ImageRec.Sharing.Stores;

/// <summary>Describes a blob.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Chunks">How many pieces it is kept in.</param>
/// <param name="Checksum">Its xxHash3.</param>
internal sealed record BlobEntry(long Length, int Chunks, long Checksum);
