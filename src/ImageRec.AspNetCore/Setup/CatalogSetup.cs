using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Observability;
using ImageRec.AspNetCore.OpenApi;
using ImageRec.AspNetCore.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ImageRec.AspNetCore.Setup;

/// <summary>Adds the services of one catalog to an app.</summary>
internal static class CatalogSetup
{
    /// <param name="services">The app's services.</param>
    /// <param name="name">Name of the catalog; empty for none.</param>
    /// <param name="configure">Sets the options in code, after the section was read.</param>
    /// <param name="section">The options in the configuration, if any.</param>
    public static IServiceCollection Add<TItem>(
        IServiceCollection services, string name, Action<ImageRecOptions<TItem>> configure, IConfigurationSection? section = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var registry = CatalogRegistry.Of(services);
        var catalog = registry.Add(name, typeof(TItem), Parts);

        var options = services.AddOptions<ImageRecOptions<TItem>>(name);
        if (section is not null)
            options.Configure(o => SectionBinding.Bind(section, o));
        options.Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ImageRecOptions<TItem>>>(new ImageRecOptionsValidation<TItem>(name, section));
        services.AddKeyedSingleton(name, (s, _) => new CatalogParts<TItem>(s, catalog));
        services.AddKeyedSingleton(name, (s, _) => Parts(s).Catalog);
        services.TryAddKeyedSingleton(name, (s, _) => Parts(s).Catalog.EngineForInjection());
        if (name.Length == 0)
        {
            services.AddSingleton(s => Parts(s).Catalog);
            // An app that has registered an engine itself goes on getting that one, from Options.Engine too.
            services.TryAddSingleton(s => Parts(s).Catalog.EngineForInjection());
        }
        services.AddSingleton<IHostedService>(s => Parts(s).CreateChecks());
        services.AddSingleton<IHostedService>(s => Parts(s).CreateIndexer());
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            catalog.HealthCheckName, s => new CatalogHealthCheck(() => Parts(s).Catalog.Status), failureStatus: null, tags: ["imagerec"]));
        AddShared(services);
        return services;

        CatalogParts<TItem> Parts(IServiceProvider s) => s.GetRequiredKeyedService<CatalogParts<TItem>>(name);
    }

    private static void AddShared(IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(ImageRecMetrics)))
            return;
        services.AddRouting();
        services.AddAuthorization();
        services.AddProblemDetails();
        services.AddMetrics();
        services.AddSingleton<ImageRecMetrics>();
        // Describes the responses where the app has switched reflection off.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Add(ContractJson.Default));
        services.AddOpenApi(OpenApiDocument.Name, OpenApiDocument.Configure);
    }
}
