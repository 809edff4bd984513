namespace ImageRec.Indexing;

/// <summary>A tail's first rows, and how many of them are dead.</summary>
internal readonly record struct TailPart(TailChunk Chunk, int Count, int Dead);
