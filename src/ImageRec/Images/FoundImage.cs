namespace ImageRec.Images;

/// <summary>Holds an image found in a folder, or an entry for images that cannot be opened.</summary>
/// <param name="Id">The path relative to the catalog's folder, with forward slashes.</param>
/// <param name="Unreadable">Why it cannot be opened, a sentence to show; null when reading its file decides.</param>
internal readonly record struct FoundImage(string Id, string? Unreadable = null);
