using System.Buffers;
using ImageRec.AspNetCore.Problems;

namespace ImageRec.AspNetCore.Uploads;

/// <summary>A body as it was received, in memory that goes back to the pool. Nothing of it reaches a disk.</summary>
internal sealed class Upload(byte[] rented, int length) : IDisposable
{
    private byte[]? _rented = rented;

    public ReadOnlyMemory<byte> Bytes => (_rented ?? throw new ObjectDisposedException(nameof(Upload))).AsMemory(0, length);

    /// <summary>Reads a stream to its end, in rented memory that grows; null when there is nothing.</summary>
    /// <param name="body">The stream.</param>
    /// <param name="declared">Its length as the client declared it, which is a hint, not a reason to set memory aside.</param>
    /// <param name="maxBytes">Reading stops beyond them.</param>
    /// <param name="tooLarge">What is thrown then.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<Upload?> CollectAsync(
        Stream body, long? declared, int maxBytes, Func<Problem> tooLarge, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp((declared ?? 0) + 1, 64 * 1024, 1024 * 1024));
        var length = 0;
        try
        {
            while (await body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                length += read;
                if (length > maxBytes)
                    throw tooLarge();
                if (length == buffer.Length)
                    buffer = Grow(buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
        if (length > 0)
            return new Upload(buffer, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return null;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
