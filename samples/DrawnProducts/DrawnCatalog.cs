namespace DrawnProducts;

/// <summary>An invented shop's catalog.</summary>
public static class DrawnCatalog
{
    private static readonly ProductKind[] Kinds = Enum.GetValues<ProductKind>();

    private static readonly Pattern[] Patterns =
    [
        Pattern.Plain, Pattern.Plain, Pattern.Plain, Pattern.Stripes, Pattern.Dots, Pattern.Checks, Pattern.Zigzag, Pattern.Floral,
    ];

    private static readonly string[] Brands =
        ["Nordlys", "Calder & Finch", "Maison Ode", "Fieldhouse", "Tamarin", "Loomwell", "Studio Arc"];

    /// <summary>Makes products of every kind in turn. Pictures are drawn on demand, by <see cref="DrawnProduct.Draw"/>.</summary>
    /// <param name="count">How many, 1 or more; fewer than twelve leave kinds out.</param>
    /// <param name="seed">Same count and seed, same products and pictures.</param>
    public static IReadOnlyList<DrawnProduct> Create(int count = 240, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var chance = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Create(i, chance))];
    }

    private static DrawnProduct Create(int index, Random chance)
    {
        var kind = Kinds[index % Kinds.Length];
        var round = index / Kinds.Length;
        // Every color comes once before any comes again; each kind starts elsewhere, so a row of the shop is not one color.
        var color = Palette.All[(round * 5 + index * 7) % Palette.All.Count].Name;
        var pattern = Patterns[chance.Next(Patterns.Length)];
        var (category, low, high) = Describe(kind);
        return new()
        {
            Sku = $"{kind.ToString().ToLowerInvariant()}-{round + 1:000}",
            Name = Name(color, pattern, category),
            Kind = kind,
            Category = category,
            Color = color,
            Pattern = pattern,
            Brand = Brands[chance.Next(Brands.Length)],
            Price = decimal.Round(low + (high - low) * (decimal)chance.NextDouble()) - 0.05m,
            InStock = chance.NextDouble() < 0.85,
            Variation = chance.Next(),
        };
    }

    private static string Name(string color, Pattern pattern, string category)
    {
        var name = (color.ToLowerInvariant(), category.ToLowerInvariant().Replace("t-shirt", "T-shirt", StringComparison.Ordinal));
        return pattern switch
        {
            Pattern.Plain => $"{color} {name.Item2}",
            Pattern.Stripes => $"Striped {name.Item1} {name.Item2}",
            Pattern.Dots => $"Dotted {name.Item1} {name.Item2}",
            Pattern.Checks => $"Checked {name.Item1} {name.Item2}",
            Pattern.Zigzag => $"Zigzag {name.Item1} {name.Item2}",
            _ => $"Floral {name.Item1} {name.Item2}",
        };
    }

    private static (string Category, decimal Low, decimal High) Describe(ProductKind kind) => kind switch
    {
        ProductKind.Sneaker => ("Sneaker", 49, 139),
        ProductKind.Boot => ("Boot", 79, 219),
        ProductKind.TShirt => ("T-shirt", 12, 45),
        ProductKind.Shirt => ("Shirt", 29, 95),
        ProductKind.Dress => ("Dress", 39, 169),
        ProductKind.Trousers => ("Trousers", 35, 120),
        ProductKind.Handbag => ("Handbag", 45, 260),
        ProductKind.Backpack => ("Backpack", 39, 149),
        ProductKind.Hat => ("Hat", 19, 75),
        ProductKind.Mug => ("Mug", 8, 29),
        ProductKind.Armchair => ("Armchair", 189, 790),
        ProductKind.Lamp => ("Lamp", 35, 240),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of the catalog."),
    };
}
