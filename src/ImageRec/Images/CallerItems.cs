using System.Runtime.CompilerServices;
using static System.FormattableString;

namespace ImageRec.Images;

/// <summary>Makes entries of the caller's items with the caller's functions, any of which may throw anything.</summary>
internal sealed class CallerItems<TItem>(
    string name, Func<TItem, string> id, Func<TItem, ImageSource?> image, Func<TItem, string?>? category, Func<TItem, string?>? group)
{
    /// <exception cref="CatalogException">An id, a category or the next item could not be had.</exception>
    public IEnumerable<CatalogEntry<TItem>> Entries(IEnumerable<TItem> items)
    {
        using var enumerator = Guarded(items.GetEnumerator, NotListed);
        for (var number = 1; ; number++)
        {
            var (more, item) = Guarded(
                () => enumerator.MoveNext() ? (true, enumerator.Current) : (false, default!),
                e => NotListedBeyond(number - 1, e));
            if (!more)
                yield break;
            yield return Entry(item, number);
        }
    }

    /// <inheritdoc cref="Entries" />
    public async IAsyncEnumerable<CatalogEntry<TItem>> EntriesAsync(
        IAsyncEnumerable<TItem> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var enumerator = Guarded(() => items.GetAsyncEnumerator(cancellationToken), NotListed);
        await using var closing = enumerator.ConfigureAwait(false);
        for (var number = 1; ; number++)
        {
            bool more;
            try
            {
                more = await enumerator.MoveNextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is not CatalogException && !cancellationToken.IsCancellationRequested)
            {
                throw new CatalogException(NotListedBeyond(number - 1, e), e);
            }
            if (!more)
                yield break;
            yield return Entry(enumerator.Current, number);
        }
    }

    private string NotListed(Exception e) => $"{name} cannot be listed: {ImageSource.Reason(e)}.";

    private string NotListedBeyond(int number, Exception e) =>
        Invariant($"{name} cannot be listed beyond item {number}: {ImageSource.Reason(e)}.");

    private CatalogEntry<TItem> Entry(TItem item, int number)
    {
        var itemId = Guarded(() => id(item),
            e => Invariant($"Item {number} of {name} has no id: the function that gives it threw {ImageSource.Reason(e)}."));
        return new CatalogEntry<TItem>
        {
            Id = itemId,
            Image = MissingImageSource.Ask(itemId, () => image(item))
                ?? new MissingImageSource(itemId, "the function that gives it returned null"),
            Category = Guarded(() => category?.Invoke(item),
                e => $"Item '{itemId}' of {name} has no category: the function that gives it threw {ImageSource.Reason(e)}."),
            Group = Guarded(() => group?.Invoke(item),
                e => $"Item '{itemId}' of {name} has no group: the function that gives it threw {ImageSource.Reason(e)}."),
            Item = item,
        };
    }

    private static T Guarded<T>(Func<T> function, Func<Exception, string> message)
    {
        try
        {
            return function();
        }
        catch (Exception e) when (e is not CatalogException)
        {
            throw new CatalogException(message(e), e);
        }
    }
}
