using ImageRec;
using ImageRec.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds visual recommendations to an app.</summary>
public static class ImageRecServiceCollectionExtensions
{
    /// <summary>Recommends from the pictures of a folder; the name of the folder a picture lies in is its category.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="photos">The folder.</param>
    /// <param name="catalogFile">The file that keeps the index from one start to the next; null computes everything again.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddImageRec(
        this IServiceCollection services, string photos, string? catalogFile = null, Action<ImageRecOptions<CatalogItem>>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(photos);
        return services.AddImageRec<CatalogItem>(options =>
        {
            options.Products = _ => ImageCatalog.FromFolder(photos).Entries.Select(entry => entry.Item);
            options.Id = item => item.Id;
            options.Name = item => Path.GetFileNameWithoutExtension(item.Id);
            options.Image = item => ImageSource.FromFile(item.Path ?? item.Id);
            options.Category = item => item.Category;
            options.CatalogFile = catalogFile;
            configure?.Invoke(options);
        });
    }

    /// <summary>Recommends from the app's own products: the engine, its background indexer, a health check, metrics and an OpenAPI document.</summary>
    /// <typeparam name="TItem">The app's own product type. It is kept in the catalogue file as JSON.</typeparam>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Says what the products are.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">Something required is not set, or the app has a catalogue already.</exception>
    /// <example>
    /// <code>
    /// builder.Services.AddImageRec&lt;Product&gt;(o =>
    /// {
    ///     o.Products = services => services.GetRequiredService&lt;ShopDb&gt;().Products;
    ///     o.Id = p => p.Sku;
    ///     o.Image = p => ImageSource.FromFile(p.Photo);
    ///     o.Category = p => p.Type;
    ///     o.CatalogFile = "shop.imagerec";
    /// });
    /// app.MapImageRec("/visual");
    /// </code>
    /// </example>
    public static IServiceCollection AddImageRec<TItem>(this IServiceCollection services, Action<ImageRecOptions<TItem>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(s => s.ServiceType == typeof(UploadGate)))
            throw new InvalidOperationException("AddImageRec was called twice: an app has one catalogue. Put all products into one, or host a second app.");
        var options = new ImageRecOptions<TItem>();
        configure(options);
        options.Validate();

        services.AddRouting();
        services.AddAuthorization();
        services.AddProblemDetails();
        services.AddSingleton(options);
        services.AddSingleton(_ => new VisualCatalog<TItem>(options));
        services.AddSingleton(_ => new UploadGate(options.Limits));
        services.AddSingleton<ThumbnailStore<TItem>>();
        services.AddSingleton<ProductViews<TItem>>();
        services.AddSingleton<FacetCounter<TItem>>();
        services.AddSingleton<ImageRecMetrics>();
        services.AddSingleton<ProblemFilter>();
        services.AddSingleton(s => new ManageGuard(
            options.ManagePolicy, s.GetRequiredService<IAuthorizationPolicyProvider>(), s.GetRequiredService<IPolicyEvaluator>()));
        services.AddHostedService<Indexer<TItem>>();
        services.AddHealthChecks().AddCheck<CatalogHealthCheck<TItem>>("imagerec");
        AddEndpoints<TItem>(services);
        services.AddOpenApi(OpenApiDocument.Name, OpenApiDocument.Configure);
        return services;
    }

    private static void AddEndpoints<TItem>(IServiceCollection services)
    {
        services.AddSingleton<IEndpointGroup, RecommendEndpoints<TItem>>();
        services.AddSingleton<IEndpointGroup, ClassifyEndpoints<TItem>>();
        services.AddSingleton<IEndpointGroup, ProductEndpoints<TItem>>();
        services.AddSingleton<IEndpointGroup, ThumbnailEndpoints<TItem>>();
        services.AddSingleton<IEndpointGroup, ClusterEndpoints<TItem>>();
        services.AddSingleton<IEndpointGroup, StatusEndpoints<TItem>>();
        services.AddSingleton<IEndpointGroup, ManageEndpoints<TItem>>();
    }
}
