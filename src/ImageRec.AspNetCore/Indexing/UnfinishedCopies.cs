namespace ImageRec.AspNetCore.Indexing;

/// <summary>
/// Photos of a watched folder that cannot be read and may still be copied, because they were written or created a moment ago or another
/// program holds them open. Most of them are reported as changed when they are complete; this is for those that are not.
/// </summary>
internal sealed class UnfinishedCopies<TItem>(VisualCatalog<TItem> catalog)
{
    private const int MostTries = 10;
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(30);
    private readonly ImageRecOptions<TItem> _options = catalog.Options;
    private int _tries;

    /// <summary>Ids of the products to read again.</summary>
    public IReadOnlyList<string> Ids { get; private set; } = [];

    /// <summary>Time until they should be read again; null when there are none.</summary>
    public TimeSpan? Delay { get; private set; }

    /// <summary>Takes over what a run could not read.</summary>
    /// <returns>What is left out: it cannot be a copy, or it has been tried often enough.</returns>
    public IReadOnlyList<UnreadableItem> Begin(IReadOnlyList<UnreadableItem> unreadable)
    {
        (_tries, Delay) = (0, null);
        return Take(unreadable);
    }

    /// <summary>Takes over what could not be read once more.</summary>
    /// <returns>As <see cref="Begin"/>.</returns>
    public IReadOnlyList<UnreadableItem> Continue(IReadOnlyList<UnreadableItem> unreadable) => Take(unreadable);

    private List<UnreadableItem> Take(IReadOnlyList<UnreadableItem> unreadable)
    {
        _tries++;
        var copies = unreadable.Select(item => item.Id).Where(id => _tries <= MostTries && MayBeUnfinished(id))
            .ToHashSet(StringComparer.Ordinal);
        Ids = [.. copies];
        var next = Delay is not { } last ? _options.FirstCopyRetry : last * 2 < s_longestDelay ? last * 2 : s_longestDelay;
        Delay = copies.Count == 0 ? null : next;
        return [.. unreadable.Where(item => !copies.Contains(item.Id))];
    }

    private bool MayBeUnfinished(string id)
    {
        if (!_options.Watch || _options.PhotoFile is not { } photo)
            return false;
        if (!catalog.Shelf.TryGet(id, out var item) || photo(item) is not { } path)
            return false;
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return false;
            // Copying keeps the date of the last change on some systems and the date of creation on others.
            var newest = file.LastWriteTimeUtc > file.CreationTimeUtc ? file.LastWriteTimeUtc : file.CreationTimeUtc;
            return (DateTime.UtcNow - newest).Duration() < _options.CopyWindow || IsHeld(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsHeld(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
