namespace ImageRec.AspNetCore.Setup;

/// <summary>A catalog that <c>AddImageRec</c> has added to an app.</summary>
/// <param name="name">Its name; empty for none.</param>
/// <param name="label">What logs, metrics, health checks and endpoints call it; unique in the app.</param>
/// <param name="itemType">The type of its products.</param>
/// <param name="parts">Gets its parts from the app's services.</param>
internal sealed class CatalogRegistration(string name, string label, Type itemType, Func<IServiceProvider, ICatalogParts> parts)
{
    /// <summary>The label of the first catalog without a name.</summary>
    public const string DefaultLabel = "default";

    public string Name => name;

    public string Label => label;

    public Type ItemType => itemType;

    public ICatalogParts Parts(IServiceProvider services) => parts(services);

    /// <summary>Name of its health check.</summary>
    public string HealthCheckName => label == DefaultLabel ? "imagerec" : $"imagerec-{label}";

    /// <summary>How the app's code maps it.</summary>
    public override string ToString() => name.Length == 0 ? $"MapImageRec<{itemType.Name}>(prefix)" : $"MapImageRec(prefix, \"{name}\")";
}
