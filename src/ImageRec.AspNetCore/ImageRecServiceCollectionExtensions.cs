using ImageRec;
using ImageRec.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds visual recommendations to an app.</summary>
public static class ImageRecServiceCollectionExtensions
{
    /// <summary>
    /// Recommends from the pictures of a folder; the name of the folder a picture lies in is its category. The folder is watched: what is new, changed or
    /// gone is indexed, see <see cref="ImageRecOptions{TItem}.Watch"/>.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="photos">The folder.</param>
    /// <param name="catalogFile">The file that keeps the index from one start to the next; null computes everything again.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <param name="name">Tells this catalog from others of the app over folders; null for the one without a name.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The app has a catalog over a folder with this name.</exception>
    public static IServiceCollection AddImageRec(
        this IServiceCollection services, string photos, string? catalogFile = null, Action<ImageRecOptions<CatalogItem>>? configure = null, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(photos);
        return services.AddImageRec<CatalogItem>(name ?? Options.Options.DefaultName, options =>
        {
            // The folder is read from the options at the time of listing, so that Configure and configuration files can set another.
            options.PhotosFolder = photos;
            options.Products = _ => ImageCatalog.FromFolder(options.PhotosFolder ?? photos).Entries.Select(entry => entry.Item);
            options.Id = item => item.Id;
            options.Name = item => Path.GetFileNameWithoutExtension(item.Id);
            options.Image = item => ImageSource.FromFile(item.Path ?? item.Id);
            options.Category = item => item.Category;
            options.CatalogFile = catalogFile;
            configure?.Invoke(options);
        });
    }

    /// <summary>Recommends from the app's own products: the engine, its background indexer, a health check, metrics and an OpenAPI document.</summary>
    /// <remarks>
    /// The options are the app's own in every way: <c>Configure</c>, <c>PostConfigure</c> and configuration sections have effect until the app starts, which
    /// checks them. An app may have one catalog of each type without a name, and any number of others by name.
    /// </remarks>
    /// <typeparam name="TItem">The app's own product type. It is kept in the catalog file as JSON.</typeparam>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Says what the products are.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The app has a catalog of this type without a name.</exception>
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
    public static IServiceCollection AddImageRec<TItem>(this IServiceCollection services, Action<ImageRecOptions<TItem>> configure) =>
        services.AddImageRec(Options.Options.DefaultName, configure);

    /// <summary>Recommends from one of several catalogs of the app, told apart by name: each has an engine, an indexer and a health check of its own.</summary>
    /// <typeparam name="TItem">The app's own product type. It is kept in the catalog file as JSON.</typeparam>
    /// <param name="services">The app's services.</param>
    /// <param name="name">
    /// The name of the options, of the keyed service <see cref="VisualCatalog{TItem}"/> and of <c>MapImageRec("/outlet", "outlet")</c>.
    /// </param>
    /// <param name="configure">Says what the products are.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The app has a catalog of this type and name.</exception>
    public static IServiceCollection AddImageRec<TItem>(this IServiceCollection services, string name, Action<ImageRecOptions<TItem>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        var registry = CatalogRegistry.Of(services);
        var catalog = new CatalogRegistration(name, typeof(TItem), s => s.GetRequiredKeyedService<CatalogParts<TItem>>(name));
        registry.Add(catalog);

        services.AddOptions<ImageRecOptions<TItem>>(name).Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ImageRecOptions<TItem>>>(new ImageRecOptionsValidation<TItem>(name));
        services.AddKeyedSingleton(name, (s, _) => new CatalogParts<TItem>(s, name));
        services.AddKeyedSingleton(name, (s, _) => s.GetRequiredKeyedService<CatalogParts<TItem>>(name).Catalog);
        if (name.Length == 0)
            services.AddSingleton(s => s.GetRequiredKeyedService<CatalogParts<TItem>>(name).Catalog);
        services.AddSingleton<IHostedService>(s => s.GetRequiredKeyedService<CatalogParts<TItem>>(name).CreateIndexer());
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            registry.IsFirst(catalog) ? "imagerec" : $"imagerec-{(name.Length == 0 ? typeof(TItem).Name : name)}",
            s => new CatalogHealthCheck<TItem>(s.GetRequiredKeyedService<CatalogParts<TItem>>(name).Catalog), failureStatus: null, tags: null));
        AddShared(services);
        return services;
    }

    private static void AddShared(IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(ImageRecMetrics)))
            return;
        services.AddRouting();
        services.AddAuthorization();
        services.AddProblemDetails();
        services.AddSingleton<ImageRecMetrics>();
        services.AddSingleton<ProblemFilter>();
        services.AddOpenApi(OpenApiDocument.Name, OpenApiDocument.Configure);
    }
}
