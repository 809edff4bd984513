using static System.FormattableString;

namespace ImageRec;

internal sealed class StreamImageSource(Func<CancellationToken, ValueTask<Stream>> open, string name) : ImageSource(name)
{
    public override async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await open(cancellationToken).ConfigureAwait(false);
            await using var closing = stream.ConfigureAwait(false);
            return await ReadToEndAsync(stream, Name, maxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableImageException($"'{Name}' cannot be read: {e.Message}", e);
        }
    }

    internal static async ValueTask<ReadOnlyMemory<byte>> ReadToEndAsync(Stream stream, string name, long maxBytes, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > maxBytes)
                throw new UnreadableImageException(Invariant($"'{name}' has more than {maxBytes:N0} bytes; at most that many are read."));
            bytes.Write(buffer, 0, read);
        }
        if (bytes.Length == 0)
            throw new UnreadableImageException($"'{name}' has no bytes.");
        return bytes.ToArray();
    }
}
