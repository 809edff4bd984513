using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace ImageRec.AspNetCore;

/// <summary>Makes thumbnails when they are first asked for and keeps those that were asked for lately, 64 MB of them.</summary>
internal sealed class ThumbnailStore<TItem>(ImageRecOptions<TItem> options) : IDisposable
{
    public static readonly int[] Sizes = [160, 320, 640];

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
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
            return _cache.Set((id, size), thumbnail, new MemoryCacheEntryOptions { Size = thumbnail.Bytes.Length, AbsoluteExpirationRelativeToNow = Kept });
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Forgets a product's thumbnails.</summary>
    /// <param name="id">The product.</param>
    /// <param name="own">Its picture from now on, when the app does not keep it; null to ask the app.</param>
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

    /// <summary>Reads a picture; what goes wrong, in the app's own code too, is told without its name, which may be a path of this machine.</summary>
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
