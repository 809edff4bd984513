namespace ImageRec.AspNetCore.Contracts;

/// <summary>A product that was indexed.</summary>
/// <param name="Product">The product.</param>
/// <param name="Indexed">Number of products in the index.</param>
internal sealed record UpsertResult(ProductView Product, int Indexed);
