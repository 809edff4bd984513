using System.Text.Json;

namespace ImageRec.AspNetCore;

/// <summary>What the endpoints recommend from, and what they allow.</summary>
/// <typeparam name="TItem">The app's own product type. It is kept in the catalogue file as JSON.</typeparam>
public sealed class ImageRecOptions<TItem>
{
    private readonly List<ProductField<TItem>> _attributes = [];

    /// <summary>Lists the products to recommend from; called once a run of the indexer, in a scope of its own. Required.</summary>
    public Func<IServiceProvider, IEnumerable<TItem>>? Products { get; set; }

    /// <summary>Gives a product's id: unique, not empty. Required.</summary>
    public Func<TItem, string>? Id { get; set; }

    /// <summary>Gives a product's picture. Required.</summary>
    public Func<TItem, ImageSource>? Image { get; set; }

    /// <summary>Gives what people call a product; its id unless set.</summary>
    public Func<TItem, string>? Name { get; set; }

    /// <summary>Gives a product's category, or null when it is not known; no categories unless set.</summary>
    public Func<TItem, string?>? Category { get; set; }

    /// <summary>
    /// The file that keeps the index from one start to the next; without it every start computes everything again. Its folder is created when missing.
    /// </summary>
    public string? CatalogFile { get; set; }

    /// <summary>Gives the builder of the engine, such as <c>() => new RecommenderBuilder().ReduceWithPca(64)</c>; the defaults unless set.</summary>
    public Func<RecommenderBuilder> Builder { get; set; } = static () => new RecommenderBuilder();

    /// <summary>
    /// The folder that the pictures lie in; set by <c>AddImageRec(photos)</c>, which lists it. The indexer looks again when something in it changes, unless
    /// <see cref="Watch"/> is off. Null, the default for products of the app's own, watches nothing.
    /// </summary>
    public string? PhotosFolder { get; set; }

    /// <summary>Whether the indexer looks again when the pictures in <see cref="PhotosFolder"/> change; true unless set.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>
    /// How often <see cref="PhotosFolder"/> is compared with what was indexed by the names, sizes and dates of its files, for folders whose changes the
    /// operating system does not report, such as network drives; 1 minute unless set. <see cref="Timeout.InfiniteTimeSpan"/> relies on reports alone.
    /// </summary>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often <see cref="Products"/> is listed anew, whether or not anything reported a change; null, the default, never. A run over unchanged
    /// products reads every picture and computes none. <see cref="VisualCatalog{TItem}.Reindex"/> does the same once.
    /// </summary>
    public TimeSpan? ReindexInterval { get; set; }

    /// <summary>The authorization policy for changing products and steering the indexer. Null, the default, refuses all of it.</summary>
    public string? ManagePolicy { get; set; }

    /// <summary>
    /// Stores a product that is put through the endpoint where <see cref="Products"/> lists from. It is called after the picture was decoded and before
    /// the product is indexed; what it throws refuses the product, and nothing is indexed. Without it the product is kept in this process only: later
    /// runs of the indexer leave it in, before what <see cref="Products"/> lists under its id, and the app's next start lists anew without it.
    /// </summary>
    public Func<ProductUpload<TItem>, CancellationToken, ValueTask>? Save { get; set; }

    /// <summary>
    /// Removes a product from where <see cref="Products"/> lists from, before it leaves the index; what it throws refuses the removal. Without it the
    /// removal is remembered in this process only: later runs of the indexer leave the product out, and the app's next start lists it again.
    /// </summary>
    public Func<string, CancellationToken, ValueTask>? Delete { get; set; }

    /// <summary>What an upload may cost.</summary>
    public UploadLimits Limits { get; set; } = new();

    /// <summary>How products are read from a request; web defaults unless set.</summary>
    public JsonSerializerOptions Json { get; set; } = JsonSerializerOptions.Web;

    /// <summary>
    /// Query parameters that the app's own middleware reads, such as an access token; any other that an endpoint does not know is refused, so that a
    /// misspelled filter never gives unfiltered answers. Case does not matter.
    /// </summary>
    public ISet<string> OtherParameters { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The attributes declared so far.</summary>
    public IReadOnlyList<ProductField<TItem>> Attributes => _attributes;

    /// <summary>Wait before the first repetition of a run that failed; each further one waits twice as long, five minutes at most.</summary>
    internal TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Shows a property of the products and lets requests filter by it, as in <c>?brand=Nordlys</c> or <c>?price=10..50</c>.</summary>
    /// <remarks>
    /// Numbers are compared as numbers (<c>2.5</c> finds 2.50), dates as dates (<c>2026-03-01</c>, <c>2026-03-01..2026-03-31</c>), enumerations by name and
    /// text without regard to case; each in the same notation whatever the culture of the server.
    /// </remarks>
    /// <param name="name">Name in answers and requests: letters, digits and hyphens, not a name the endpoints use themselves.</param>
    /// <param name="value">Gives a text, a number, a truth value, a date, a value of an enumeration, or null.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">The name is taken or has other characters.</exception>
    public ImageRecOptions<TItem> Attribute(string name, Func<TItem, object?> value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"'{name}' cannot name an attribute: use letters, digits and hyphens.", nameof(name));
        if (QueryNames.Reserved.Contains(name) || _attributes.Any(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"'{name}' is taken already; choose another name for this attribute.", nameof(name));
        _attributes.Add(new(name, value));
        return this;
    }
}
