namespace ImageRec.Images;

/// <summary>A picture found in a folder, or what is listed in place of pictures that cannot be reached.</summary>
/// <param name="Id">The path relative to the catalog's folder, with forward slashes.</param>
/// <param name="Unreadable">Why it cannot be reached, a sentence for people; null when its file is for reading to judge.</param>
internal readonly record struct FoundPicture(string Id, string? Unreadable = null);
