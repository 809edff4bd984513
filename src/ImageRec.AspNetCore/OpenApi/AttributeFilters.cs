namespace ImageRec.AspNetCore.OpenApi;

/// <summary>Metadata of endpoints whose query can filter by the declared attributes.</summary>
/// <param name="names">Names of the attributes.</param>
internal sealed class AttributeFilters(IReadOnlyList<string> names)
{
    public IReadOnlyList<string> Names => names;
}
