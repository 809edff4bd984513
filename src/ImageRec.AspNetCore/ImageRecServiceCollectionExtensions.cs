using ImageRec;
using ImageRec.AspNetCore;
using ImageRec.AspNetCore.Options;
using ImageRec.AspNetCore.Setup;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds visual recommendations to an app.</summary>
/// <remarks>
/// Each catalog has options, an engine, a background indexer, endpoints, a health check and metrics of its own. An app may have one catalog
/// of each type without a name and any number by name, which is the name of the options, the key of the services and the argument of
/// <c>MapImageRec</c>. The services are <see cref="VisualCatalog{TItem}"/> and, once the first index is built, <see
/// cref="IRecommendationEngine{TItem}"/>, unless the app has registered one of its own.
/// </remarks>
public static class ImageRecServiceCollectionExtensions
{
    /// <summary>
    /// Recommends from the photos of a folder, whose subfolders are the categories. The folder is watched, see <see
    /// cref="ImageRecOptions{TItem}.Watch"/>.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="photos">Path of the folder.</param>
    /// <param name="catalogFile">
    /// Path of the file that keeps the index from one start to the next; with null every start computes it again.
    /// </param>
    /// <param name="configure">Changes other options.</param>
    /// <param name="name">Name of the catalog; null for the one without a name.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The app has a catalog with this name.</exception>
    public static IServiceCollection AddImageRec(
        this IServiceCollection services, string photos, string? catalogFile = null, Action<ImageRecOptions<CatalogItem>>? configure = null,
        string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(photos);
        return CatalogSetup.Add<CatalogItem>(services, name ?? "", options =>
        {
            FolderDefaults.Apply(options);
            (options.PhotosFolder, options.CatalogFile) = (photos, catalogFile);
            configure?.Invoke(options);
        });
    }

    /// <summary>Recommends from the photos of a folder, with options from the configuration: <c>PhotosFolder</c> is required.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="section">
    /// The section, such as <c>configuration.GetSection("ImageRec")</c>. Its keys are properties of <see cref="ImageRecOptions{TItem}"/>;
    /// the app does not start with other keys or with values that cannot be used.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The app has a catalog of photos without a name.</exception>
    public static IServiceCollection AddImageRec(this IServiceCollection services, IConfigurationSection section) =>
        CatalogSetup.Add<CatalogItem>(services, "", FolderDefaults.Apply, section);

    /// <summary>
    /// Recommends from the photos of a folder, by name, with options from the configuration: <c>PhotosFolder</c> is required.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="name">Name of the catalog.</param>
    /// <param name="section">The section, such as <c>configuration.GetSection("ImageRec:Shoes")</c>.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The app has a catalog with this name.</exception>
    public static IServiceCollection AddImageRec(this IServiceCollection services, string name, IConfigurationSection section)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return CatalogSetup.Add<CatalogItem>(services, name, FolderDefaults.Apply, section);
    }

    /// <summary>Recommends from the app's own products.</summary>
    /// <remarks>
    /// <c>Configure&lt;ImageRecOptions&lt;Product&gt;&gt;</c> and <c>PostConfigure</c> have effect too, until the app starts, which
    /// validates the options.
    /// </remarks>
    /// <typeparam name="TItem">The app's product type. It is stored in the catalog file as JSON.</typeparam>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets the options; <c>Products</c> or <c>Engine</c>, <c>Id</c> and <c>Image</c> are required.</param>
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
        CatalogSetup.Add(services, "", configure);

    /// <summary>Recommends from the app's own products, by name.</summary>
    /// <typeparam name="TItem">The app's product type. It is stored in the catalog file as JSON.</typeparam>
    /// <param name="services">The app's services.</param>
    /// <param name="name">Name of the catalog.</param>
    /// <param name="configure">Sets the options; <c>Products</c> or <c>Engine</c>, <c>Id</c> and <c>Image</c> are required.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The app has a catalog with this name.</exception>
    public static IServiceCollection AddImageRec<TItem>(
        this IServiceCollection services, string name, Action<ImageRecOptions<TItem>> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return CatalogSetup.Add(services, name, configure);
    }

    /// <summary>Recommends from the app's own products, with options from the configuration.</summary>
    /// <typeparam name="TItem">The app's product type. It is stored in the catalog file as JSON.</typeparam>
    /// <param name="services">The app's services.</param>
    /// <param name="section">
    /// The section, such as <c>configuration.GetSection("ImageRec")</c>. Its keys are properties of <see cref="ImageRecOptions{TItem}"/>;
    /// the app does not start with other keys or with values that cannot be used.
    /// </param>
    /// <param name="configure">
    /// Sets what a configuration cannot: <c>Products</c>, <c>Id</c>, <c>Image</c> and other functions. It runs after the section was read,
    /// so that it can see and change what it says.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The app has a catalog of this type without a name.</exception>
    public static IServiceCollection AddImageRec<TItem>(
        this IServiceCollection services, IConfigurationSection section, Action<ImageRecOptions<TItem>> configure) =>
        CatalogSetup.Add(services, "", configure, section);

    /// <summary>Recommends from the app's own products, by name, with options from the configuration.</summary>
    /// <typeparam name="TItem">The app's product type. It is stored in the catalog file as JSON.</typeparam>
    /// <param name="services">The app's services.</param>
    /// <param name="name">Name of the catalog.</param>
    /// <param name="section">The section, such as <c>configuration.GetSection("ImageRec:Shoes")</c>.</param>
    /// <param name="configure">Sets what a configuration cannot; it runs after the section was read.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The app has a catalog with this name.</exception>
    public static IServiceCollection AddImageRec<TItem>(
        this IServiceCollection services, string name, IConfigurationSection section, Action<ImageRecOptions<TItem>> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return CatalogSetup.Add(services, name, configure, section);
    }
}
