namespace ImageRec.AspNetCore.Contracts;

/// <summary>A cluster of visually similar products.</summary>
/// <param name="Index">0-based index of the cluster.</param>
/// <param name="Size">Number of its products.</param>
/// <param name="Medoid">The product nearest to the centroid.</param>
/// <param name="Samples">A few more of its products, nearest to the centroid first.</param>
/// <param name="Categories">Its categories, most frequent first.</param>
internal sealed record ClusterView(
    int Index, int Size, ProductView Medoid, IReadOnlyList<ProductView> Samples, IReadOnlyList<FacetValue> Categories);
