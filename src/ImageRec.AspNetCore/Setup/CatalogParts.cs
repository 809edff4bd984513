using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImageRec.AspNetCore;

/// <summary>All that serves one catalog, put together once the app's options are known.</summary>
internal sealed class CatalogParts<TItem> : ICatalogParts, IAsyncDisposable
{
    private readonly IEndpointGroup[] _groups;
    private readonly UploadGate _gate;
    private readonly ThumbnailStore<TItem> _thumbnails;
    private readonly ManageGuard _guard;
    private readonly IServiceProvider _services;

    public CatalogParts(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<ImageRecOptions<TItem>>>().Get(name);
        if (options.CatalogFile is { } file)
            services.GetRequiredService<CatalogRegistry>().Claim(file, name.Length == 0 ? $"that of {typeof(TItem).Name}" : $"'{name}'");
        _services = services;
        Catalog = new(name, options);
        Query = new QueryRules([.. options.Attributes.Select(a => a.Name)], options.OtherParameters);
        _gate = new(options.Limits);
        _thumbnails = new(options);
        _guard = new(options.ManagePolicy, services.GetRequiredService<IAuthorizationPolicyProvider>(), services.GetRequiredService<IPolicyEvaluator>());
        var views = new ProductViews<TItem>(options, Catalog.Reader, services.GetRequiredService<LinkGenerator>());
        var filters = new ProductFilters<TItem>(Catalog);
        var log = services.GetRequiredService<ILogger<ProblemFilter>>();
        _groups =
        [
            new RecommendEndpoints<TItem>(Catalog, views, filters, _gate, services.GetRequiredService<ImageRecMetrics>()),
            new ClassifyEndpoints<TItem>(Catalog, _gate),
            new ProductEndpoints<TItem>(Catalog, views, filters, new FacetCounter<TItem>(Catalog)),
            new ThumbnailEndpoints<TItem>(Catalog, _thumbnails),
            new ClusterEndpoints<TItem>(Catalog, views),
            new StatusEndpoints<TItem>(Catalog, _guard, services.GetRequiredService<IHostApplicationLifetime>()),
            new ManageEndpoints<TItem>(Catalog, views, _gate, _thumbnails, _guard, new ProductChanges<TItem>(Catalog, log)),
        ];
    }

    public VisualCatalog<TItem> Catalog { get; }

    public QueryRules Query { get; }

    public Indexer<TItem> CreateIndexer() => new(
        Catalog, _guard, _services.GetRequiredService<IServiceScopeFactory>(), _services.GetRequiredService<ILogger<Indexer<TItem>>>());

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var group in _groups)
            group.Map(routes);
    }

    public async ValueTask DisposeAsync()
    {
        await Catalog.DisposeAsync().ConfigureAwait(false);
        await _gate.DisposeAsync().ConfigureAwait(false);
        _thumbnails.Dispose();
    }
}
