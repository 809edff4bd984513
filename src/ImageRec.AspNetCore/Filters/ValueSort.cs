namespace ImageRec.AspNetCore.Filters;

/// <summary>Sorts of attribute values.</summary>
internal enum ValueSort
{
    /// <summary>No product has a value.</summary>
    Unknown,

    Text,
    Number,
    Boolean,
    Date,
    Enumeration,

    /// <summary>Of several sorts.</summary>
    Mixed,
}
