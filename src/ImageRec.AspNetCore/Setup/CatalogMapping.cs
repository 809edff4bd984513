namespace ImageRec.AspNetCore;

/// <summary>Metadata of every endpoint: which call of <c>MapImageRec</c> has mapped it.</summary>
/// <param name="Suffix">What the names of its endpoints end in.</param>
internal sealed record CatalogMapping(string Suffix);
