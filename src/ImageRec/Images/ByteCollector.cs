using static System.FormattableString;

namespace ImageRec.Images;

/// <summary>
/// Reads encoded bytes, wherever they come from: to the end or to the limit, whatever length the stream claims to have. Not thread-safe.
/// </summary>
internal sealed class ByteCollector
{
    private const int FirstStep = 64 * 1024;
    private byte[] _buffer = [];
    private int _count;

    /// <summary>Gets what was read so far.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _count);

    /// <summary>
    /// Gets whether the last reading ended inside the stream's own read, so that bytes may have been taken off it and lost.
    /// </summary>
    public bool EndedInsideRead { get; private set; }

    /// <summary>Reads on from what was read before.</summary>
    /// <param name="stream">The stream, positioned after the bytes read before; left open.</param>
    /// <param name="name">What errors call the image.</param>
    /// <param name="maxBytes">Throws as soon as more than this is read.</param>
    /// <param name="expected">How many bytes there will be, if that is known well enough to take memory for it; else 0.</param>
    /// <param name="meter">Receives the memory taken; null for none.</param>
    /// <param name="cancellationToken">Stops between two reads; what was read stays.</param>
    /// <exception cref="UnreadableImageException">There is no byte, or more than the limit.</exception>
    public async ValueTask ReadToEndAsync(
        Stream stream, string name, long maxBytes, long expected, IReadMeter? meter, CancellationToken cancellationToken)
    {
        // One byte more than allowed, or expected, shows whether there is more.
        var most = (int)Math.Min(maxBytes + 1, Array.MaxLength);
        while (_count <= maxBytes)
        {
            if (_count == _buffer.Length)
                await GrowAsync(Math.Min(most, expected >= _count ? expected + 1 : Math.Max(FirstStep, 2L * _count)), meter,
                    cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            EndedInsideRead = true;
            var room = _buffer.AsMemory(_count);
            var read = await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
            EndedInsideRead = false;
            if (read < 0 || read > room.Length)
                throw new IOException(Invariant($"its stream says that it wrote {read} bytes where there is room for {room.Length}"));
            if (read == 0)
            {
                Finish(name, meter);
                return;
            }
            _count += read;
        }
        throw new UnreadableImageException(Invariant($"'{name}' has more than {maxBytes:N0} bytes; at most that many are read."));
    }

    private async ValueTask GrowAsync(long length, IReadMeter? meter, CancellationToken cancellationToken)
    {
        if (length <= _buffer.Length)
            throw new IOException(Invariant($"it has more than {_count:N0} bytes, the most that fits one array"));
        if (meter is not null)
            await meter.GrowAsync(length, cancellationToken).ConfigureAwait(false);
        Array.Resize(ref _buffer, (int)length);
    }

    private void Finish(string name, IReadMeter? meter)
    {
        if (_count == 0)
            throw new UnreadableImageException($"'{name}' has no bytes.");
        // A little slack is not worth a copy.
        if (_buffer.Length - _count > _count / 8)
            Array.Resize(ref _buffer, _count);
        meter?.Settle(_buffer.Length);
    }
}
