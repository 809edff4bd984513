using Microsoft.Extensions.DependencyInjection;

namespace ImageRec.AspNetCore.Setup;

/// <summary>The catalogs of an app, which may have several, of several types or under several names.</summary>
internal sealed class CatalogRegistry
{
    private readonly List<CatalogRegistration> _catalogs = [];
    private readonly Dictionary<string, string> _files =
        new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, int> _mappings = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>The registry of an app, created with its first catalog.</summary>
    public static CatalogRegistry Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(s => s.ServiceType == typeof(CatalogRegistry))?.ImplementationInstance is CatalogRegistry known)
            return known;
        var registry = new CatalogRegistry();
        services.AddSingleton(registry);
        return registry;
    }

    /// <summary>Adds a catalog.</summary>
    /// <param name="name">Its name; empty for none.</param>
    /// <param name="itemType">The type of its products.</param>
    /// <param name="parts">Gets its parts from the app's services.</param>
    /// <exception cref="InvalidOperationException">The name is taken, or the app has a catalog of the type without a name.</exception>
    public CatalogRegistration Add(string name, Type itemType, Func<IServiceProvider, ICatalogParts> parts)
    {
        if (name.Length == 0 && _catalogs.Any(c => c.Name.Length == 0 && c.ItemType == itemType))
        {
            throw new InvalidOperationException(
                $"AddImageRec was called twice for {itemType.Name} without a name. Give the second catalog one, as in "
                + $"AddImageRec<{itemType.Name}>(\"outlet\", ...).");
        }
        var label = name.Length > 0 ? name : Array.Find([CatalogRegistration.DefaultLabel, itemType.Name, $"{itemType}"], l => !IsTaken(l));
        if (label is null || IsTaken(label))
        {
            throw new InvalidOperationException(
                $"AddImageRec cannot name a catalog '{label ?? $"{itemType}"}': another catalog of this app has that name. "
                + "Give every catalog a name of its own.");
        }
        var catalog = new CatalogRegistration(name, label, itemType, parts);
        _catalogs.Add(catalog);
        return catalog;
    }

    /// <summary>Finds the catalog that a call of <c>MapImageRec</c> means.</summary>
    /// <param name="itemType">Of this type; null for any.</param>
    /// <param name="name">With this name; null for the one without a name, or the only one.</param>
    /// <exception cref="InvalidOperationException">There is none, or several.</exception>
    public CatalogRegistration Find(Type? itemType, string? name)
    {
        var candidates = _catalogs.FindAll(c => (itemType is null || c.ItemType == itemType) && (name is null || c.Name == name));
        if (name is null && candidates.Count > 1 && candidates.FindAll(c => c.Name.Length == 0) is [var unnamed])
            return unnamed;
        if (candidates is [var only])
            return only;
        var call = $"MapImageRec{(itemType is null ? "" : $"<{itemType.Name}>")}{(name is null ? "" : $" with the name '{name}'")}";
        throw new InvalidOperationException(
            $"{call} matches {(candidates.Count == 0 ? "none" : "several")} of the app's catalogs. "
            + $"They are mapped by {string.Join(", ", _catalogs)}.");
    }

    /// <summary>Notes which file a catalog keeps its index in.</summary>
    /// <exception cref="InvalidOperationException">Another catalog of this app has it.</exception>
    public void Claim(string file, string label)
    {
        lock (_gate)
        {
            var path = Path.GetFullPath(file);
            if (_files.TryAdd(path, label))
                return;
            throw new InvalidOperationException(
                $"Two catalogs of this app, '{_files[path]}' and '{label}', have the CatalogFile '{file}'. Give each a file of its own.");
        }
    }

    /// <summary>
    /// What the endpoint names of the next mapping of a catalog end in, so that they are unique in the app: nothing for the default
    /// catalog, the label of others, and a number when a catalog is mapped again.
    /// </summary>
    public string NextSuffix(CatalogRegistration catalog)
    {
        lock (_gate)
        {
            var mapping = _mappings[catalog.Label] = _mappings.GetValueOrDefault(catalog.Label) + 1;
            var label = catalog.Label == CatalogRegistration.DefaultLabel ? "" : $".{catalog.Label}";
            return mapping == 1 ? label : $"{label}.{mapping}";
        }
    }

    // Names of health checks do not differ by case alone.
    private bool IsTaken(string label) => _catalogs.Exists(c => c.Label.Equals(label, StringComparison.OrdinalIgnoreCase));
}
