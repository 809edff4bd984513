using System.Text.Json;
using ImageRec.AspNetCore.Options;

namespace ImageRec.AspNetCore;

/// <summary>Options of one catalog: its products, where the index is kept, and what the endpoints allow.</summary>
/// <remarks>
/// Everything but the functions, <see cref="Json"/> and the attributes can come from a section of the configuration. The options are read
/// and validated when the app starts; later changes have effect at the next start.
/// </remarks>
/// <typeparam name="TItem">The app's product type. It is stored in the catalog file as JSON.</typeparam>
public sealed class ImageRecOptions<TItem>
{
    private readonly List<ProductField<TItem>> _attributes = [];
    private readonly Dictionary<string, Rules<TItem>> _rules = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Lists the products to recommend from; called once per run of the indexer, in a scope of its own. Required, unless
    /// <see cref="Engine"/> has the products already.
    /// </summary>
    public Func<IServiceProvider, IEnumerable<TItem>>? Products { get; set; }

    /// <summary>Returns a product's id: unique, not empty. Required.</summary>
    public Func<TItem, string>? Id { get; set; }

    /// <summary>Returns a product's picture. Required.</summary>
    public Func<TItem, ImageSource>? Image { get; set; }

    /// <summary>Returns the name that visitors see; the id by default.</summary>
    public Func<TItem, string>? Name { get; set; }

    /// <summary>Returns a product's category, or null when it is unknown; by default products have no category.</summary>
    public Func<TItem, string?>? Category { get; set; }

    /// <summary>
    /// Path of the file that keeps the index from one start to the next; its folder is created when missing. With null, the default, the
    /// index is in memory only and every start computes it again.
    /// </summary>
    public string? CatalogFile { get; set; }

    /// <summary>
    /// Where the catalog is that several servers share, such as <c>SharedCatalog.Redis("host:6379", "shop")</c>, in place of <see
    /// cref="CatalogFile"/>; null by default. Every server that is given it answers from it and changes it.
    /// </summary>
    /// <remarks>
    /// One of the servers indexes what <see cref="Products"/> lists: it holds a lease in the store, and when it has ended or died, another
    /// takes it within a minute. Products that <see cref="Products"/> does not list are removed, so whatever arrives over HTTP needs <see
    /// cref="Save"/> and <see cref="Delete"/>. Pages of products and facets are those that each server has listed itself, at its start and
    /// every <see cref="ReindexInterval"/>. Without <see cref="Products"/> nothing is indexed and what the catalog has is served.
    /// </remarks>
    public SharedCatalog? Catalog { get; set; }

    /// <summary>
    /// Creates the builder of the engine, such as <c>() => new RecommenderBuilder().ReduceWithPca(64)</c>; by default a builder without
    /// changes.
    /// </summary>
    public Func<RecommenderBuilder> Builder { get; set; } = static () => new RecommenderBuilder();

    /// <summary>
    /// Opens an engine of the app's own, such as one of a catalog that several servers share, in place of <see cref="CatalogFile"/> and
    /// <see cref="Builder"/>; null by default. It is called once, after the app has started, and again later when it throws. The catalog
    /// disposes the engine when the app ends.
    /// </summary>
    /// <remarks>
    /// Without <see cref="Products"/> nothing is indexed and what the engine has is served as it is; what needs a list of all products,
    /// their pages and facets, is not. With <see cref="Products"/> the indexer brings them into the engine. It removes what it listed
    /// before and does not any more, and leaves alone what others have put there.
    /// </remarks>
    public Func<IServiceProvider, CancellationToken, ValueTask<IRecommendationEngine<TItem>>>? Engine { get; set; }

    /// <summary>
    /// Path of the folder with the photos. <c>AddImageRec("photos")</c> sets it, lists it and requires it. For an app's own products it is
    /// null by default; when set, changes in the folder reindex the catalog.
    /// </summary>
    public string? PhotosFolder { get; set; }

    /// <summary>Whether changes in <see cref="PhotosFolder"/> reindex the catalog; true by default.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>
    /// How often the names, sizes and dates of the files in <see cref="PhotosFolder"/> are compared with those that were indexed, for
    /// folders whose changes the operating system does not report, such as network drives. 1 minute by default, less than 24 days; <see
    /// cref="Timeout.InfiniteTimeSpan"/> relies on reports alone.
    /// </summary>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often the catalog is reindexed although nothing reported a change; null, the default, never. Reindexing unchanged products reads
    /// every picture and computes none. <see cref="VisualCatalog{TItem}.Reindex"/> does the same once.
    /// </summary>
    public TimeSpan? ReindexInterval { get; set; }

    /// <summary>
    /// Name of the authorization policy for changing products and controlling the indexer. With null, the default, both are forbidden.
    /// </summary>
    public string? ManagePolicy { get; set; }

    /// <summary>
    /// Stores a product that arrives over HTTP where <see cref="Products"/> lists from. It is called after the picture was decoded and
    /// before the product is indexed; when it throws, the request fails and nothing is indexed. Without it the product lives in this
    /// process only: reindexing keeps it, in place of what <see cref="Products"/> lists under its id, and the next start of the app does
    /// not have it.
    /// </summary>
    public Func<ProductUpload<TItem>, CancellationToken, ValueTask>? Save { get; set; }

    /// <summary>
    /// Removes the product with an id from where <see cref="Products"/> lists from, before it leaves the index; when it throws, the request
    /// fails and nothing changes. Without it the removal is remembered in this process only: reindexing leaves the product out, and the
    /// next start of the app lists it again.
    /// </summary>
    public Func<string, CancellationToken, ValueTask>? Delete { get; set; }

    /// <summary>Limits of uploads and requests.</summary>
    public UploadLimits Limits { get; set; } = new();

    /// <summary>
    /// How a product is read from the JSON of a request; <see cref="JsonSerializerOptions.Web"/> by default. Members that the product type
    /// lacks are an error, unless the type has <c>[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]</c> or extension data.
    /// </summary>
    public JsonSerializerOptions Json { get; set; } = JsonSerializerOptions.Web;

    /// <summary>
    /// Query parameters that the app's own middleware reads, such as an access token. Any other parameter that an endpoint does not know is
    /// an error, so that a misspelled filter never returns unfiltered results. Case is ignored.
    /// </summary>
    public ISet<string> OtherParameters { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    internal IReadOnlyList<ProductField<TItem>> Attributes => _attributes;

    /// <summary>The rules by name.</summary>
    internal IReadOnlyDictionary<string, Rules<TItem>> NamedRules => _rules;

    /// <summary>Returns the path of a product's photo; set for catalogs of a folder only.</summary>
    internal Func<TItem, string?>? PhotoFile { get; set; }

    /// <summary>Delay before a failed run is repeated; it doubles with each failure, up to 5 minutes.</summary>
    internal TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Delay before a photo that may still be copied is read again; it doubles with each try, up to 30 seconds.</summary>
    internal TimeSpan FirstCopyRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A photo that was written within this time may still be copied.</summary>
    internal TimeSpan CopyWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Adds rules that requests use by name, as in <c>?rules=home-page</c>; what they say is never sent by a client. Those named
    /// <c>default</c> hold for requests that name none. They need an engine in this process.
    /// </summary>
    /// <param name="name">Letters, digits and hyphens; case does not matter.</param>
    /// <param name="rules">Used by any number of requests at once.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">The name is taken or contains other characters.</exception>
    public ImageRecOptions<TItem> Rules(string name, Rules<TItem> rules)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(rules);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"'{name}' cannot name rules: use letters, digits and hyphens.", nameof(name));
        if (!_rules.TryAdd(name, rules))
            throw new ArgumentException($"There are rules named '{name}' already; choose another name.", nameof(name));
        return this;
    }

    /// <summary>
    /// Adds a property of the products to the responses and as a filter, as in <c>?brand=Nordlys</c> or <c>?price=10..50</c>.
    /// </summary>
    /// <remarks>
    /// Numbers are compared as numbers (<c>2.5</c> finds 2.50), dates as dates (<c>2026-03-01</c>, <c>2026-03-01..2026-03-31</c>),
    /// enumerations by name and text without regard to case, in the same notation whatever the culture of the server.
    /// </remarks>
    /// <param name="name">Name in responses and queries: letters, digits and hyphens, not a parameter of the endpoints themselves.</param>
    /// <param name="value">Returns a string, a number, a Boolean, a date, a value of an enumeration, or null.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">The name is taken or contains other characters.</exception>
    public ImageRecOptions<TItem> Attribute(string name, Func<TItem, object?> value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"'{name}' cannot name an attribute: use letters, digits and hyphens.", nameof(name));
        if (QueryNames.Reserved.Contains(name) || _attributes.Any(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"'{name}' is already taken; choose another name for this attribute.", nameof(name));
        _attributes.Add(new(name, value));
        return this;
    }
}
