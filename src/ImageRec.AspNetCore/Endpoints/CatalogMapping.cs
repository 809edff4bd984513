namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Metadata of every endpoint: which call of <c>MapImageRec</c> has mapped it.</summary>
/// <param name="suffix">What the names of its endpoints end in.</param>
internal sealed class CatalogMapping(string suffix)
{
    public string Suffix => suffix;
}
