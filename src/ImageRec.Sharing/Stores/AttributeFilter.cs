using System.Text.Json;

namespace ImageRec.Sharing.Stores;

/// <summary>Says what the declared attributes of an item must be, in a form that any store can be asked in.</summary>
internal abstract record AttributeFilter
{
    private AttributeFilter()
    {
    }

    /// <summary>Compares an attribute with a number, a string or a truth value. An item without the attribute does not match.</summary>
    /// <param name="Attribute">Its name in JSON.</param>
    /// <param name="Is">How it compares; strings and truth values are only equal or not.</param>
    /// <param name="Value">As JSON writes it.</param>
    public sealed record Compare(string Attribute, Comparison Is, JsonElement Value) : AttributeFilter;

    /// <summary>Matches what all parts match.</summary>
    public sealed record All(IReadOnlyList<AttributeFilter> Parts) : AttributeFilter;

    /// <summary>Matches what one part matches.</summary>
    public sealed record Any(IReadOnlyList<AttributeFilter> Parts) : AttributeFilter;
}

/// <summary>Says how a value compares with another.</summary>
internal enum Comparison
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
