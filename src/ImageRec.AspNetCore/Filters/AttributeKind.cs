namespace ImageRec.AspNetCore;

/// <summary>What the values of an attribute are, which decides how a request's text is compared with them.</summary>
/// <param name="Sort">The sort they have in common.</param>
/// <param name="Choices">Of enumerations, the type.</param>
internal sealed record AttributeKind(ValueSort Sort, Type? Choices = null)
{
    public static readonly AttributeKind Unknown = new(ValueSort.Unknown);

    public static AttributeKind Of(object value) => value switch
    {
        bool => new(ValueSort.Truth),
        DateTime or DateTimeOffset or DateOnly => new(ValueSort.Date),
        Enum => new(ValueSort.Choice, value.GetType()),
        _ when FieldValue.IsNumber(value) => new(ValueSort.Number),
        _ => new(ValueSort.Text),
    };

    /// <summary>What values of both have in common.</summary>
    public AttributeKind With(AttributeKind other) => this == other || other == Unknown ? this : this == Unknown ? other : new(ValueSort.Mixed);
}
