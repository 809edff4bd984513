namespace DrawnProducts;

/// <summary>A product of the drawn catalog: what a shop knows about it, and its picture.</summary>
public sealed record DrawnProduct
{
    /// <summary>Unique, such as <c>sneaker-007</c>.</summary>
    public required string Sku { get; init; }

    /// <summary>Such as <c>Striped teal sneaker</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required ProductKind Kind { get; init; }

    /// <summary>What a person reads as its kind, such as <c>T-shirt</c>.</summary>
    public required string Category { get; init; }

    /// <summary>Name of the main color.</summary>
    public required string Color { get; init; }

    /// <summary>What its cloth shows.</summary>
    public required Pattern Pattern { get; init; }

    /// <summary>An invented maker.</summary>
    public required string Brand { get; init; }

    /// <summary>In euros.</summary>
    public required decimal Price { get; init; }

    /// <summary>Whether it can be bought now.</summary>
    public required bool InStock { get; init; }

    /// <summary>Seed of the drawing.</summary>
    public required int Variation { get; init; }

    /// <summary>Draws the picture: a JPEG of 400 x 400 pixels, the same every time.</summary>
    public byte[] Draw() => ProductDrawing.Draw(Kind, Palette.All.First(palette => palette.Name == Color), Pattern, Variation);
}
