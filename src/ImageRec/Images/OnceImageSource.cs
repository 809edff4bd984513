using static System.FormattableString;

namespace ImageRec.Images;

/// <summary>
/// Reads a stream that can be read once. The bytes are kept, so that a reading after a canceled one continues where that stopped and
/// returns all of them.
/// </summary>
internal sealed class OnceImageSource(Stream stream, string name) : ImageSource(name)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ByteCollector _bytes = new();
    private long? _start;
    private bool _complete;
    private Exception? _failure;

    private protected override async ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(
        long maxBytes, IReadMeter? meter, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_complete)
                await ReadOnAsync(maxBytes, meter, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
        if (_bytes.Bytes.Length > maxBytes)
            throw new UnreadableImageException(Invariant($"'{Name}' has {_bytes.Bytes.Length:N0} bytes; at most {maxBytes:N0} are read."));
        return _bytes.Bytes;
    }

    private async ValueTask ReadOnAsync(long maxBytes, IReadMeter? meter, CancellationToken cancellationToken)
    {
        if (_failure is not null)
            throw new UnreadableImageException($"'{Name}' cannot be read: {Reason(_failure)}.", _failure);
        try
        {
            GoBackToWhatWasRead();
            await _bytes.ReadToEndAsync(stream, Name, maxBytes, expected: 0, meter, cancellationToken).ConfigureAwait(false);
            _complete = true;
        }
        catch (Exception e) when (e is not UnreadableImageException && !cancellationToken.IsCancellationRequested)
        {
            // What a broken stream still returns is not to be trusted.
            _failure = e;
            throw;
        }
    }

    private void GoBackToWhatWasRead()
    {
        if (_start is null)
            _start = stream.CanSeek ? stream.Position : -1;
        else if (_bytes.EndedInsideRead && _start >= 0)
            stream.Position = _start.Value + _bytes.Bytes.Length;
        else if (_bytes.EndedInsideRead)
            throw new IOException("an earlier reading was canceled midway and the stream cannot be rewound; give the picture again");
    }
}
