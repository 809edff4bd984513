using ImageRec.AspNetCore.Catalog;
using ImageRec.AspNetCore.Endpoints;
using ImageRec.AspNetCore.Filters;
using ImageRec.AspNetCore.Indexing;
using ImageRec.AspNetCore.Observability;
using ImageRec.AspNetCore.Thumbnails;
using ImageRec.AspNetCore.Uploads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImageRec.AspNetCore.Setup;

/// <summary>Everything that serves one catalog, put together once the app's options are known.</summary>
internal sealed class CatalogParts<TItem> : ICatalogParts, IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly IEndpointGroup[] _groups;
    private readonly CatalogMetrics _metrics;
    private readonly UploadGate _gate;
    private readonly ThumbnailStore<TItem> _thumbnails;
    private readonly ManageGuard _guard;

    public CatalogParts(IServiceProvider services, CatalogRegistration registration)
    {
        var options = services.GetRequiredService<IOptionsMonitor<ImageRecOptions<TItem>>>().Get(registration.Name);
        if (options.CatalogFile is { } file)
            services.GetRequiredService<CatalogRegistry>().Claim(file, registration.Label);
        _services = services;
        Catalog = new(registration.Name, registration.Label, options);
        _metrics = services.GetRequiredService<ImageRecMetrics>().Of(registration.Label, () => Catalog.Status);
        _gate = new(options.Limits, _metrics);
        _thumbnails = new(options);
        var policies = services.GetRequiredService<IAuthorizationPolicyProvider>();
        _guard = new(options.ManagePolicy, policies, services.GetRequiredService<IPolicyEvaluator>());
        var log = Log("Requests");
        Problems = new(registration.Label, new QueryRules(options.OtherParameters), _metrics, log);
        var views = new ProductViews<TItem>(options, Catalog.Reader, services.GetRequiredService<LinkGenerator>());
        var filters = new ProductFilters<TItem>(Catalog);
        _groups =
        [
            new RecommendEndpoints<TItem>(Catalog, views, filters, _gate, _metrics),
            new ClassifyEndpoints<TItem>(Catalog, _gate),
            new ProductEndpoints<TItem>(Catalog, views, filters, new FacetCounter<TItem>(Catalog)),
            new ThumbnailEndpoints<TItem>(Catalog, _thumbnails),
            new ClusterEndpoints<TItem>(Catalog, views),
            new StatusEndpoints<TItem>(Catalog, _guard, services.GetRequiredService<IHostApplicationLifetime>()),
            new ManageEndpoints<TItem>(Catalog, views, _gate, _thumbnails, _guard, new ProductChanges<TItem>(Catalog, log)),
        ];
    }

    public VisualCatalog<TItem> Catalog { get; }

    public ProblemFilter Problems { get; }

    public StartChecks<TItem> CreateChecks() => new(Catalog, _guard, Log("Indexer"));

    public Indexer<TItem> CreateIndexer()
    {
        var log = Log("Indexer");
        return new(Catalog, new IndexingRun<TItem>(Catalog, _services, log), _metrics, log);
    }

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

    private ILogger Log(string part) => _services.GetRequiredService<ILoggerFactory>().CreateLogger($"ImageRec.AspNetCore.{part}");
}
