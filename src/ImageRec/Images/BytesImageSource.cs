using static System.FormattableString;

namespace ImageRec.Images;

internal sealed class BytesImageSource(ReadOnlyMemory<byte> encoded, string name) : ImageSource(name)
{
    private protected override ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(
        long maxBytes, IReadMeter? meter, CancellationToken cancellationToken)
    {
        if (encoded.Length > maxBytes)
            throw new UnreadableImageException(Invariant($"'{Name}' has {encoded.Length:N0} bytes; at most {maxBytes:N0} are read."));
        if (encoded.IsEmpty)
            throw new UnreadableImageException($"'{Name}' has no bytes.");
        return new(encoded);
    }
}
