using ImageRec.Sharing.Stores;
using ImageRec.Storage;

namespace ImageRec.Sharing.Answering;

/// <summary>Holds a record on its way into an answer. The caller's object is read from its JSON on first use.</summary>
/// <param name="record">The record.</param>
/// <param name="json">Reads it.</param>
/// <param name="score">Cosine similarity to the query, as the store computed it.</param>
internal sealed class SharedItem<TItem>(SharedRecord record, ItemJson<TItem> json, float score)
{
    private readonly Lazy<TItem> _item = new(() => json.Deserialize(record.Id, record.Json));

    public SharedRecord Record => record;

    public string Id => record.Id;

    public string? Category => record.Category;

    public UInt128 Picture => record.Picture;

    public TItem Item => _item.Value;

    public float Score { get; set; } = score;

    /// <summary>Gets or sets the row, d values; null until it was read.</summary>
    public float[]? Row { get; set; }

    /// <summary>Returns the same item with another score.</summary>
    public SharedItem<TItem> With(float other) => new(record, json, other) { Row = Row };
}
