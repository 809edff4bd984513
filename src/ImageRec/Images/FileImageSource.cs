using static System.FormattableString;

namespace ImageRec.Images;

internal sealed class FileImageSource(string fullPath, string givenPath) : ImageSource(givenPath)
{
    internal string FullPath => fullPath;

    private protected override async ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(
        long maxBytes, IReadMeter? meter, CancellationToken cancellationToken)
    {
        RegularFile.Require(fullPath, Name, maxBytes);
        // Shared with everybody: reading a photo keeps no one from replacing or deleting it.
        var file = new FileStream(fullPath, new FileStreamOptions
        {
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            BufferSize = 0,
        });
        await using var closing = file.ConfigureAwait(false);
        var bytes = new ByteCollector();
        await bytes.ReadToEndAsync(file, Name, maxBytes, file.Length, meter, cancellationToken).ConfigureAwait(false);
        return bytes.Bytes;
    }
}
