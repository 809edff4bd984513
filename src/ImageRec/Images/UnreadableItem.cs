namespace ImageRec;

/// <summary>A product whose picture could not be read, so that it is not in the catalogue.</summary>
/// <param name="Id">The product's id.</param>
/// <param name="Reason">A sentence for people.</param>
public readonly record struct UnreadableItem(string Id, string Reason);
