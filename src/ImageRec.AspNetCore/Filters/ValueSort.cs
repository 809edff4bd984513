namespace ImageRec.AspNetCore;

/// <summary>Sorts of attribute values.</summary>
internal enum ValueSort
{
    /// <summary>No product has a value.</summary>
    Unknown,

    Text,
    Number,
    Truth,
    Date,

    /// <summary>Values of one enumeration.</summary>
    Choice,

    /// <summary>Of several sorts.</summary>
    Mixed,
}
