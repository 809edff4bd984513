using SkiaSharp;

namespace DrawnProducts;

/// <summary>The colors one product is drawn in.</summary>
/// <param name="Name">What a person calls the main color.</param>
/// <param name="Main">The product's own color.</param>
/// <param name="Second">What patterns and contrasting parts are drawn in.</param>
/// <param name="Trim">Seams, straps and edges: the main color, much darker.</param>
public sealed record Palette(string Name, SKColor Main, SKColor Second, SKColor Trim)
{
    /// <summary>The twelve palettes of the drawn catalog.</summary>
    public static IReadOnlyList<Palette> All { get; } =
    [
        From("Red", 0xC5363F, 0xF6EAE1, 0x611920),
        From("Orange", 0xE37F33, 0xFFF1DE, 0x743C16),
        From("Yellow", 0xEBBE48, 0xFFF8E0, 0x70551A),
        From("Green", 0x548F5C, 0xE7F1DE, 0x24472D),
        From("Teal", 0x2F8F94, 0xE1F3F0, 0x15484C),
        From("Blue", 0x4C88CB, 0xEAF2FB, 0x20446F),
        From("Navy", 0x2C3D64, 0xD9DEEA, 0x131C33),
        From("Purple", 0x7C58A6, 0xEEE5F6, 0x3C2757),
        From("Pink", 0xE893AC, 0xFFF2F5, 0x8B3F58),
        From("Brown", 0x8E5E3F, 0xEEDFCC, 0x472B1A),
        From("Black", 0x3B3B41, 0xD2D2D6, 0x161619),
        From("White", 0xF3F0E9, 0x7F91AB, 0x8E897E),
    ];

    private static Palette From(string name, uint main, uint second, uint trim) =>
        new(name, new SKColor(main | 0xFF000000), new SKColor(second | 0xFF000000), new SKColor(trim | 0xFF000000));
}
