namespace ImageRec.AspNetCore;

/// <summary>Metadata of endpoints whose query may filter by the declared attributes.</summary>
internal sealed class AttributeFilters
{
    public static readonly AttributeFilters Instance = new();
}
