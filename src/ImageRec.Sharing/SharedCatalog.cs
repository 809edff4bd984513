using ImageRec.Sharing.Stores;

namespace ImageRec;

/// <summary>
/// Says where a shared catalog is: one that any number of processes answer from and change, and that none of them holds in its memory.
/// The package of a store adds the method that makes one, such as <c>SharedCatalog.Redis</c> of <c>ImageRec.Redis</c>. Nothing is connected
/// before it is built or opened.
/// </summary>
/// <example>
/// <code>
/// var shared = SharedCatalog.Redis("host:6379", "shop");
/// await using var shop = await new RecommenderBuilder().OpenAsync&lt;Product&gt;(shared);
/// </code>
/// </example>
public sealed class SharedCatalog
{
    private readonly Func<CancellationToken, Task<ISharedIndex>> _connect;

    internal SharedCatalog(string name, SharedLayout layout, Func<CancellationToken, Task<ISharedIndex>> connect) =>
        (Name, Layout, _connect) = (name, layout, connect);

    /// <summary>Gets the name of the catalog within its store.</summary>
    public string Name { get; }

    internal SharedLayout Layout { get; }

    /// <summary>Deletes the catalog; nothing happens where there is none.</summary>
    /// <param name="cancellationToken">Stops the deleting, which the next call goes on with.</param>
    /// <exception cref="SharedCatalogException">The store cannot be reached.</exception>
    public async Task DeleteAsync(CancellationToken cancellationToken = default)
    {
        var index = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = index.ConfigureAwait(false);
        await index.DeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    internal Task<ISharedIndex> ConnectAsync(CancellationToken cancellationToken) => _connect(cancellationToken);

    /// <summary>Refuses a name that some store could not keep as it is.</summary>
    internal static void RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            throw new ArgumentException($"The name '{name}' has other characters than letters, digits, '.', '-' and '_'.", nameof(name));
    }
}
