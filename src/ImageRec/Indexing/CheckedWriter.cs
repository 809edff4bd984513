using System.IO.Hashing;
using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Writes numbers, and from time to time a hash of all that went before.</summary>
internal sealed class CheckedWriter(Stream destination, CancellationToken cancellationToken)
{
    private const int Part = 1 << 24;
    private readonly XxHash3 _hash = new();

    public void Write<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        for (; bytes.Length > 0; bytes = bytes[Math.Min(Part, bytes.Length)..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = bytes[..Math.Min(Part, bytes.Length)];
            _hash.Append(part);
            destination.Write(part);
        }
    }

    public unsafe void Write<T>(NativeBuffer<T> values) where T : unmanaged
    {
        for (long start = 0; start < values.Length; start += Part)
            Write<T>(values.Slice(start, (int)Math.Min(Part, values.Length - start)));
    }

    public void WriteCheck() => destination.Write(_hash.GetCurrentHash());
}
