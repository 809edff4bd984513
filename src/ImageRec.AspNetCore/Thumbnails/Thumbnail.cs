namespace ImageRec.AspNetCore.Thumbnails;

/// <summary>A small picture, ready to be sent.</summary>
/// <param name="bytes">JPEG.</param>
/// <param name="etag">Hash of the bytes, in quotes.</param>
internal sealed class Thumbnail(ReadOnlyMemory<byte> bytes, string etag)
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    public string ETag => etag;
}
