using static System.FormattableString;

namespace ImageRec;

internal sealed class FileImageSource(string fullPath, string givenPath) : ImageSource(givenPath)
{
    internal string FullPath => fullPath;

    public override async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            var length = new FileInfo(fullPath).Length;
            if (length > maxBytes)
                throw new UnreadableImageException(Invariant($"'{Name}' has {length:N0} bytes; at most {maxBytes:N0} are read."));
            if (length == 0)
                throw new UnreadableImageException($"'{Name}' is an empty file.");
            return await File.ReadAllBytesAsync(fullPath, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            throw new UnreadableImageException($"'{Name}' cannot be read: {reason}.", e);
        }
    }
}
