namespace DrawnProducts;

/// <summary>What a drawn product's cloth, leather or glaze shows.</summary>
public enum Pattern
{
    Plain,
    Stripes,
    Dots,
    Checks,
    Zigzag,
    Floral,
}
