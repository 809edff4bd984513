namespace ImageRec.AspNetCore.Contracts;

/// <summary>One page of products.</summary>
/// <param name="Products">The products of this page, in order.</param>
/// <param name="Page">1-based number of this page.</param>
/// <param name="PageSize">Products per page.</param>
/// <param name="Total">Products on all pages.</param>
internal sealed record ProductPage(IReadOnlyList<ProductView> Products, int Page, int PageSize, int Total)
{
    /// <summary>Number of pages.</summary>
    public int Pages => (Total + PageSize - 1) / PageSize;
}
