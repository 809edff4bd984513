using Microsoft.Extensions.VectorData;

namespace ImageRec;

/// <summary>Says how a shared catalog lies in a vector store.</summary>
public sealed class VectorStoreCatalogOptions
{
    /// <summary>
    /// Gets the properties of the items that the store filters by, by their names in code (<c>nameof(Product.Price)</c>) or in JSON:
    /// numbers, strings, truth values, enumerations. Filters made by <see cref="SharedFilter"/> use them. Default: none.
    /// </summary>
    public IList<string> Attributes { get; } = [];

    /// <summary>
    /// Gets or sets the type of the keys, <see cref="string"/> (the default) or <see cref="Guid"/>: providers differ in what they take.
    /// A key is computed from the item's id, which is kept beside it as it is.
    /// </summary>
    public Type KeyType { get; set; } = typeof(string);

    /// <summary>
    /// Gets or sets the distance function, one of <see cref="Microsoft.Extensions.VectorData.DistanceFunction"/>, as the provider takes it.
    /// Rows have length 1, so that cosine, dot product and Euclidean distance order them alike; scores are computed from the rows. Default:
    /// cosine similarity.
    /// </summary>
    public string DistanceFunction { get; set; } = Microsoft.Extensions.VectorData.DistanceFunction.CosineSimilarity;

    /// <summary>
    /// Gets or sets the kind of index, one of <see cref="Microsoft.Extensions.VectorData.IndexKind"/>. Null, the default, is the
    /// provider's own.
    /// </summary>
    public string? IndexKind { get; set; }

    /// <summary>
    /// Gets or sets how the items in a collection are counted, for which VectorData has no call: a function that is given the collection's
    /// name, such as one that runs <c>SELECT count(*)</c>. Null, the default, counts by reading all items.
    /// </summary>
    public Func<string, CancellationToken, Task<long>>? Count { get; set; }

    internal void Validate()
    {
        if (Attributes.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("Attributes contains an empty name; leave it out.", nameof(Attributes));
        if (KeyType != typeof(string) && KeyType != typeof(Guid))
            throw new ArgumentException($"Keys are strings or Guids, not {KeyType}.", nameof(KeyType));
        ArgumentException.ThrowIfNullOrWhiteSpace(DistanceFunction);
    }
}
