namespace ImageRec;

/// <summary>An item that was left out of a catalog because its picture could not be read.</summary>
public sealed class UnreadableItem
{
    internal UnreadableItem(string id, string reason) => (Id, Reason) = (id, reason);

    /// <summary>Gets the item's id.</summary>
    public string Id { get; }

    /// <summary>Gets a sentence for people.</summary>
    public string Reason { get; }
}
