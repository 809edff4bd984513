using System.IO.Hashing;
using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Reads what <see cref="CheckedWriter"/> wrote. Sizes are checked before room is made for what they announce.</summary>
internal sealed class CheckedReader(Stream source, CancellationToken cancellationToken)
{
    private const int Part = 1 << 24;
    private readonly XxHash3 _hash = new();

    public void Read<T>(Span<T> values) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        for (; bytes.Length > 0; bytes = bytes[Math.Min(Part, bytes.Length)..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = bytes[..Math.Min(Part, bytes.Length)];
            ReadExactly(part);
            _hash.Append(part);
        }
    }

    public unsafe void Read<T>(NativeBuffer<T> values) where T : unmanaged
    {
        for (long start = 0; start < values.Length; start += Part)
            Read(values.Slice(start, (int)Math.Min(Part, values.Length - start)));
    }

    public void Check()
    {
        Span<byte> stored = stackalloc byte[sizeof(ulong)];
        ReadExactly(stored);
        if (!stored.SequenceEqual(_hash.GetCurrentHash()))
            throw new InvalidDataException("The recommender's state is damaged: its checksum does not fit. Add the rows again to build it anew.");
    }

    private void ReadExactly(Span<byte> bytes)
    {
        var read = source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw new InvalidDataException($"The recommender's state ends early: {bytes.Length} bytes were expected, {read} came.");
    }
}
