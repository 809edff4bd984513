namespace ImageRec.AspNetCore.Contracts;

/// <summary>A product as responses contain it.</summary>
internal sealed record ProductView
{
    /// <summary>The product's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name that visitors see.</summary>
    public required string Name { get; init; }

    /// <summary>Its category, or null when it is unknown.</summary>
    public string? Category { get; init; }

    /// <summary>Values of the declared attributes by name: strings, numbers, Booleans or null.</summary>
    public required IReadOnlyDictionary<string, object?> Attributes { get; init; }

    /// <summary>Address of its picture, at most 320 pixels wide and high.</summary>
    public required string Thumbnail { get; init; }

    /// <summary>Address of its picture, at most 640 pixels wide and high.</summary>
    public required string Picture { get; init; }
}
