namespace ImageRec.AspNetCore.Filters;

/// <summary>What the values of an attribute are, which decides how the text of a query is compared with them.</summary>
/// <param name="Sort">What they have in common.</param>
/// <param name="Enumeration">Type of the enumeration, if they are of one.</param>
internal sealed record AttributeKind(ValueSort Sort, Type? Enumeration = null)
{
    public static readonly AttributeKind Unknown = new(ValueSort.Unknown);

    public static AttributeKind Of(object value) => value switch
    {
        bool => new(ValueSort.Boolean),
        DateTime or DateTimeOffset or DateOnly => new(ValueSort.Date),
        Enum => new(ValueSort.Enumeration, value.GetType()),
        _ when FieldValue.IsNumber(value) => new(ValueSort.Number),
        _ => new(ValueSort.Text),
    };

    /// <summary>What values of both have in common.</summary>
    public AttributeKind With(AttributeKind other) =>
        this == other || other == Unknown ? this : this == Unknown ? other : new(ValueSort.Mixed);
}
