namespace ImageRec.Indexing;

/// <summary>Holds a tail's first rows, and how many of them are deleted.</summary>
internal readonly record struct TailPart(TailChunk Chunk, int Count, int Deleted);
