using static System.FormattableString;

namespace ImageRec.Images;

internal sealed class StreamImageSource(Func<CancellationToken, ValueTask<Stream>> open, string name) : ImageSource(name)
{
    private protected override async ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(
        long maxBytes, IReadMeter? meter, CancellationToken cancellationToken)
    {
        var stream = await open(cancellationToken).ConfigureAwait(false)
            ?? throw new UnreadableImageException($"'{Name}' cannot be read: the function that opens its stream returned null.");
        await using var closing = stream.ConfigureAwait(false);
        var bytes = new ByteCollector();
        await bytes.ReadToEndAsync(stream, Name, maxBytes, expected: 0, meter, cancellationToken).ConfigureAwait(false);
        return bytes.Bytes;
    }
}
