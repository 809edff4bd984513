namespace ImageRec.AspNetCore;

/// <summary>A product as the endpoints show it.</summary>
public sealed record ProductView
{
    /// <summary>The product's id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its category, or null when it is not known.</summary>
    public string? Category { get; init; }

    /// <summary>Values of the declared attributes by name: texts, numbers, truth values or null.</summary>
    public required IReadOnlyDictionary<string, object?> Attributes { get; init; }

    /// <summary>Address of its picture, at most 320 pixels wide and high.</summary>
    public required string Thumbnail { get; init; }

    /// <summary>Address of its picture, at most 640 pixels wide and high.</summary>
    public required string Picture { get; init; }
}
