using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace ImageRec.AspNetCore.Thumbnails;

/// <summary>Creates thumbnails when they are first requested and keeps the recently requested ones, up to 64 MB.</summary>
internal sealed class ThumbnailStore<TItem>(ImageRecOptions<TItem> options) : IDisposable
{
    public static readonly int[] Sizes = [160, 320, 640];

    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(10);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 64 * 1024 * 1024 });
    private readonly ConcurrentDictionary<string, ImageSource> _put = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    /// <exception cref="UnreadableImageException">The product's picture cannot be read.</exception>
    public async Task<Thumbnail> GetAsync(string id, TItem item, int size, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue((id, size), out Thumbnail? kept))
            return kept!;
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_cache.TryGetValue((id, size), out kept))
                return kept!;
            var encoded = await ReadAsync(id, item, cancellationToken).ConfigureAwait(false);
            var thumbnail = ThumbnailMaker.Make(encoded.Span, size, options.Limits.MaxPixels * 2);
            var entry = new MemoryCacheEntryOptions { Size = thumbnail.Bytes.Length, AbsoluteExpirationRelativeToNow = s_kept };
            return _cache.Set((id, size), thumbnail, entry);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Forgets a product's thumbnails.</summary>
    /// <param name="id">The product.</param>
    /// <param name="own">Its picture from now on, when the app does not store it; null to get it from the app.</param>
    public void Replace(string id, ImageSource? own)
    {
        if (own is null)
            _put.TryRemove(id, out _);
        else
            _put[id] = own;
        foreach (var size in Sizes)
            _cache.Remove((id, size));
    }

    public void Dispose() => _cache.Dispose();

    /// <summary>Reads a picture. Errors, of the app's own code too, do not contain its name, which may be a path of this machine.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadAsync(string id, TItem item, CancellationToken cancellationToken)
    {
        try
        {
            var source = _put.TryGetValue(id, out var own) ? own : options.Image!(item);
            return await source.ReadAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnreadableImageException(ThumbnailMaker.Unreadable, e);
        }
    }
}
