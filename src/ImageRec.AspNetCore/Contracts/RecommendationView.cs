namespace ImageRec.AspNetCore.Contracts;

/// <summary>One recommended product.</summary>
/// <param name="Product">The product.</param>
/// <param name="Score">Cosine similarity to the query, -1 to 1; exactly 1 for the same picture.</param>
/// <param name="IsSamePicture">Whether the product's picture has the same bytes as the query.</param>
/// <param name="Rules">Names of the rules that have moved it here; empty when likeness alone has.</param>
internal sealed record RecommendationView(ProductView Product, float Score, bool IsSamePicture, IReadOnlyList<string> Rules);
