namespace ImageRec.AspNetCore;

/// <summary>One page of products.</summary>
/// <param name="Products">The products of this page, in catalogue order.</param>
/// <param name="Page">Number of this page, 1 or more.</param>
/// <param name="PageSize">Products a page.</param>
/// <param name="Total">Products that match, on all pages.</param>
public sealed record ProductPage(IReadOnlyList<ProductView> Products, int Page, int PageSize, int Total)
{
    /// <summary>Number of pages.</summary>
    public int Pages => (Total + PageSize - 1) / PageSize;
}
