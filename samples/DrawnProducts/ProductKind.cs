namespace DrawnProducts;

/// <summary>What a drawn product is.</summary>
public enum ProductKind
{
    Sneaker,
    Boot,
    TShirt,
    Shirt,
    Dress,
    Trousers,
    Handbag,
    Backpack,
    Hat,
    Mug,
    Armchair,
    Lamp,
}
