using System.Diagnostics;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Fitting;

/// <summary>Writes one frame of a learned state; see <see cref="StateFrame"/> for its layout.</summary>
internal sealed class StateWriter
{
    private readonly Stream _destination;
    private readonly CancellationToken _cancellationToken;
    private readonly XxHash3 _hash = new();
    private long _left;

    /// <summary>Begins a frame.</summary>
    /// <param name="destination">Left open.</param>
    /// <param name="kind">Four ASCII characters.</param>
    /// <param name="version">Layout of the payload.</param>
    /// <param name="length">Bytes of the payload, all of which are written before <see cref="Complete"/>.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public StateWriter(Stream destination, string kind, int version, long length, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        cancellationToken.ThrowIfCancellationRequested();
        (_destination, _left, _cancellationToken) = (destination, length, cancellationToken);
        destination.Write(StateFrame.Header(kind, version, length));
    }

    /// <summary>Writes numbers as they lie in memory.</summary>
    public void Write<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        for (; bytes.Length > 0; bytes = bytes[Math.Min(StateFrame.PartLength, bytes.Length)..])
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var part = bytes[..Math.Min(StateFrame.PartLength, bytes.Length)];
            _hash.Append(part);
            _destination.Write(part);
            _left -= part.Length;
        }
    }

    /// <summary>Writes a buffer, which may hold more than 2 G numbers.</summary>
    public void Write<T>(NativeBuffer<T> values) where T : unmanaged
    {
        for (long start = 0; start < values.Length; start += StateFrame.PartLength)
            Write<T>(values.Slice(start, (int)Math.Min(StateFrame.PartLength, values.Length - start)));
    }

    /// <summary>Ends the frame.</summary>
    public void Complete()
    {
        Debug.Assert(_left == 0, "The payload is not as long as was announced.");
        _destination.Write(_hash.GetCurrentHash());
    }
}
