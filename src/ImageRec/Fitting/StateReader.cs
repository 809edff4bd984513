using System.IO.Hashing;
using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Fitting;

/// <summary>Reads one frame of a learned state; see <see cref="StateFrame"/> for its layout.</summary>
/// <remarks>What a payload says of its own sizes is compared with <see cref="Left"/> before memory is taken for it.</remarks>
internal sealed class StateReader
{
    private readonly Stream _source;
    private readonly string _kind;
    private readonly CancellationToken _cancellationToken;
    private readonly XxHash3 _hash = new();

    /// <summary>Reads the beginning of a frame and checks it.</summary>
    /// <param name="source">Positioned at the start of the frame; read up to its end.</param>
    /// <param name="kind">The kind expected.</param>
    /// <param name="version">The version expected.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The state is damaged, or of another kind or version.</exception>
    public StateReader(Stream source, string kind, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        (_source, _kind, _cancellationToken) = (source, kind, cancellationToken);
        var header = new byte[StateFrame.HeaderLength];
        Fill(header);
        Left = StateFrame.LengthOf(header, kind, version);
    }

    /// <summary>Bytes of the payload that have not been read yet.</summary>
    public long Left { get; private set; }

    /// <summary>Reads numbers.</summary>
    /// <exception cref="InvalidDataException">The payload ends too early.</exception>
    public void Read<T>(Span<T> values) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        if (bytes.Length > Left)
            throw Damaged("its payload is shorter than its sizes say");
        for (; bytes.Length > 0; bytes = bytes[Math.Min(StateFrame.PartLength, bytes.Length)..])
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var part = bytes[..Math.Min(StateFrame.PartLength, bytes.Length)];
            Fill(part);
            _hash.Append(part);
            Left -= part.Length;
        }
    }

    /// <summary>Reads a buffer, which may hold more than 2 G numbers.</summary>
    /// <exception cref="InvalidDataException">The payload ends too early.</exception>
    public void Read<T>(NativeBuffer<T> values) where T : unmanaged
    {
        for (long start = 0; start < values.Length; start += StateFrame.PartLength)
            Read(values.Slice(start, (int)Math.Min(StateFrame.PartLength, values.Length - start)));
    }

    /// <summary>Reads the rest of the payload and ends the frame.</summary>
    /// <exception cref="InvalidDataException">The state is damaged.</exception>
    public byte[] ReadToEnd()
    {
        if (Left is < 0 or > int.MaxValue)
            throw Damaged("its length is not plausible");
        var bytes = new byte[Left];
        Read<byte>(bytes);
        Complete();
        return bytes;
    }

    /// <summary>Ends the frame: the payload was read to its end, and is what was written.</summary>
    /// <exception cref="InvalidDataException">The state is damaged.</exception>
    public void Complete()
    {
        if (Left != 0)
            throw Damaged("its payload is longer than its sizes say");
        Span<byte> stored = stackalloc byte[StateFrame.ChecksumLength];
        Fill(stored);
        if (!stored.SequenceEqual(_hash.GetCurrentHash()))
            throw Damaged("its checksum does not match");
    }

    /// <summary>Makes the error for a state whose content cannot be used.</summary>
    /// <param name="why">What is wrong with it.</param>
    public InvalidDataException Damaged(string why) => StateFrame.Damaged(_kind, why);

    private void Fill(Span<byte> bytes)
    {
        if (_source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Damaged("it ends too early");
    }
}
