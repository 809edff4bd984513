namespace ImageRec.AspNetCore;

/// <summary>A group of visually similar products.</summary>
/// <param name="Index">0-based number of the group.</param>
/// <param name="Size">Number of its products.</param>
/// <param name="Medoid">The product that stands for the group best.</param>
/// <param name="Samples">A few more of its products, nearest to the middle first.</param>
/// <param name="Categories">What the group consists of, most frequent first.</param>
public sealed record ClusterView(
    int Index, int Size, ProductView Medoid, IReadOnlyList<ProductView> Samples, IReadOnlyList<FacetValue> Categories);
