namespace ImageRec.AspNetCore;

/// <summary>A product that is in the index now.</summary>
/// <param name="Product">The product.</param>
/// <param name="Indexed">Products in the index.</param>
public sealed record UpsertResult(ProductView Product, int Indexed);
