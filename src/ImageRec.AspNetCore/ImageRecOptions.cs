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

    /// <summary>The authorization policy for changing products and steering the indexer. Null, the default, refuses all of it.</summary>
    public string? ManagePolicy { get; set; }

    /// <summary>
    /// Stores a product that is put through the endpoint where <see cref="Products"/> lists from, before it is indexed; throw to refuse it. Without it
    /// the product is gone at the next start, because it is not listed.
    /// </summary>
    public Func<ProductUpload<TItem>, CancellationToken, ValueTask>? Save { get; set; }

    /// <summary>Removes a product from where <see cref="Products"/> lists from, before it leaves the index. Without it the product is back at the next start.</summary>
    public Func<string, CancellationToken, ValueTask>? Delete { get; set; }

    /// <summary>What an upload may cost.</summary>
    public UploadLimits Limits { get; set; } = new();

    /// <summary>How products are read from a request; web defaults unless set.</summary>
    public JsonSerializerOptions Json { get; set; } = JsonSerializerOptions.Web;

    /// <summary>The attributes declared so far.</summary>
    public IReadOnlyList<ProductField<TItem>> Attributes => _attributes;

    /// <summary>Shows a property of the products and lets requests filter by it, as in <c>?brand=Nordlys</c> or <c>?price=10..50</c>.</summary>
    /// <param name="name">Name in answers and requests: letters, digits and hyphens, not a name the endpoints use themselves.</param>
    /// <param name="value">Gives a text, a number, a truth value or null.</param>
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

    internal void Validate()
    {
        Require(Products, nameof(Products), "list the products to recommend from");
        Require(Id, nameof(Id), "give a product's id");
        Require(Image, nameof(Image), "give a product's picture");
        Limits.Validate();
    }

    private static void Require(object? value, string name, string purpose)
    {
        if (value is null)
            throw new InvalidOperationException($"AddImageRec needs {name}: set it to a function that can {purpose}.");
    }
}
