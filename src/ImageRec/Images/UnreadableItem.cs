namespace ImageRec;

/// <summary>Names an item that was left out of a catalog because its image could not be read.</summary>
public sealed class UnreadableItem
{
    /// <summary>Creates the name of an item.</summary>
    /// <param name="id">The item's id.</param>
    /// <param name="reason">A sentence to show.</param>
    public UnreadableItem(string id, string reason) => (Id, Reason) = (id, reason);

    /// <summary>Gets the item's id.</summary>
    public string Id { get; }

    /// <summary>Gets the reason, a sentence to show.</summary>
    public string Reason { get; }
}
