using System.Buffers;

namespace ImageRec.AspNetCore;

/// <summary>A picture as it was received, in memory that goes back to the pool. Nothing of it reaches a disk.</summary>
internal sealed class Upload(byte[] rented, int length) : IDisposable
{
    private byte[]? _rented = rented;

    public ReadOnlyMemory<byte> Bytes => (_rented ?? throw new ObjectDisposedException(nameof(Upload))).AsMemory(0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
