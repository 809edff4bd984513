namespace ImageRec.AspNetCore.Options;

/// <summary>A property of the products that responses contain and queries can filter by.</summary>
/// <param name="name">Name in responses and queries.</param>
/// <param name="value">Returns a string, a number, a Boolean, a date, a value of an enumeration, or null.</param>
internal sealed class ProductField<TItem>(string name, Func<TItem, object?> value)
{
    public string Name => name;

    public Func<TItem, object?> Value => value;
}
