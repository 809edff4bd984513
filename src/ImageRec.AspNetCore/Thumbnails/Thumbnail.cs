namespace ImageRec.AspNetCore;

/// <summary>A small picture, ready to be sent.</summary>
/// <param name="Bytes">JPEG.</param>
/// <param name="ETag">Names the bytes, in quotes.</param>
internal sealed record Thumbnail(ReadOnlyMemory<byte> Bytes, string ETag);
