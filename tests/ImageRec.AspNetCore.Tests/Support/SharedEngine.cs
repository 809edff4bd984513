using DrawnProducts;

namespace ImageRec.AspNetCore.Tests;

/// <summary>An engine of an app's own, of which the package knows the interface only; it passes everything on to one in memory.</summary>
internal sealed class SharedEngine(RecommendationEngine<DrawnProduct> inner) : IRecommendationEngine<DrawnProduct>
{
    public bool IsDisposed { get; private set; }

    /// <summary>Happens before similar products are searched.</summary>
    public Func<Task>? BeforeLike { get; set; }

    public static async Task<SharedEngine> OverAsync(IEnumerable<DrawnProduct> products) => new(
        await CatalogApp.Builder().BuildAsync(
            products.ToCatalog(product => product.Sku, product => ImageSource.FromBytes(Pictures.Draw(product), product.Sku)),
            cancellationToken: TestContext.Current.CancellationToken));

    public Task<IReadOnlyList<Recommendation<DrawnProduct>>> RecommendAsync(
        ImageSource picture, RecommendOptions<DrawnProduct>? options = null, CancellationToken cancellationToken = default) =>
        inner.RecommendAsync(picture, options, cancellationToken);

    public Task<IReadOnlyList<BatchAnswer<Recommendation<DrawnProduct>>>> RecommendManyAsync(
        IReadOnlyList<ImageSource> pictures, RecommendOptions<DrawnProduct>? options = null,
        CancellationToken cancellationToken = default) =>
        inner.RecommendManyAsync(pictures, options, cancellationToken);

    public async Task<IReadOnlyList<Recommendation<DrawnProduct>>> RecommendLikeAsync(
        IEnumerable<string> liked, IEnumerable<string>? disliked = null, RecommendOptions<DrawnProduct>? options = null,
        CancellationToken cancellationToken = default)
    {
        await (BeforeLike?.Invoke() ?? Task.CompletedTask);
        return await inner.RecommendLikeAsync(liked, disliked, options, cancellationToken);
    }

    public Task<IReadOnlyList<Recommendation<DrawnProduct>>> RecommendByVectorAsync(
        ReadOnlyMemory<float> vector, RecommendOptions<DrawnProduct>? options = null, CancellationToken cancellationToken = default) =>
        inner.RecommendByVectorAsync(vector, options, cancellationToken);

    public Task<ReadOnlyMemory<float>> ComputeVectorAsync(ImageSource picture, CancellationToken cancellationToken = default) =>
        inner.ComputeVectorAsync(picture, cancellationToken);

    public Task<ReadOnlyMemory<float>?> GetVectorAsync(string id, CancellationToken cancellationToken = default) =>
        inner.GetVectorAsync(id, cancellationToken);

    public Task<IReadOnlyDictionary<string, DrawnProduct>> GetAsync(
        IEnumerable<string> ids, CancellationToken cancellationToken = default) =>
        inner.GetAsync(ids, cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken = default) => inner.CountAsync(cancellationToken);

    public Task<BuildReport> UpsertAsync(
        ImageCatalog<DrawnProduct> items, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default) =>
        inner.UpsertAsync(items, progress, cancellationToken);

    public Task<int> RemoveAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default) =>
        inner.RemoveAsync(ids, cancellationToken);

    public string Describe() => inner.Describe();

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return inner.DisposeAsync();
    }
}
