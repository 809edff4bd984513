using Microsoft.Extensions.DependencyInjection;

namespace ImageRec.AspNetCore;

/// <summary>The catalogs of an app: an app may have several, of several types or under several names.</summary>
internal sealed class CatalogRegistry
{
    private readonly List<CatalogRegistration> _catalogs = [];
    private readonly Dictionary<string, string> _files = new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private int _mapped;

    /// <summary>Whether a catalog is the first of the app.</summary>
    public bool IsFirst(CatalogRegistration catalog) => _catalogs[0] == catalog;

    /// <summary>The registry of an app, made with its first catalog.</summary>
    public static CatalogRegistry Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(s => s.ServiceType == typeof(CatalogRegistry))?.ImplementationInstance is CatalogRegistry known)
            return known;
        var registry = new CatalogRegistry();
        services.AddSingleton(registry);
        return registry;
    }

    /// <exception cref="InvalidOperationException">There is one of the same type and name.</exception>
    public void Add(CatalogRegistration catalog)
    {
        if (_catalogs.Any(c => c.Name == catalog.Name && c.ItemType == catalog.ItemType))
        {
            throw new InvalidOperationException(catalog.Name.Length == 0
                ? $"AddImageRec was called twice for {catalog.ItemType.Name} without a name. Give the second catalog one: AddImageRec<{catalog.ItemType.Name}>(\"name\", ...)."
                : $"AddImageRec was called twice for {catalog.ItemType.Name} with the name '{catalog.Name}'. Every catalog of a type needs a name of its own.");
        }
        _catalogs.Add(catalog);
    }

    /// <summary>Finds the catalog that a call of <c>MapImageRec</c> means.</summary>
    /// <param name="itemType">Of this type; of any unless given.</param>
    /// <param name="name">With this name; unless given, the one without a name, or the only one.</param>
    /// <exception cref="InvalidOperationException">There is none, or several.</exception>
    public CatalogRegistration Find(Type? itemType, string? name)
    {
        var candidates = _catalogs.FindAll(c => (itemType is null || c.ItemType == itemType) && (name is null || c.Name == name));
        if (name is null && candidates.Count > 1 && candidates.FindAll(c => c.Name.Length == 0) is [var unnamed])
            return unnamed;
        if (candidates is [var only])
            return only;
        var asked = $"MapImageRec{(itemType is null ? "" : $"<{itemType.Name}>")}{(name is null ? "" : $" for '{name}'")}";
        throw new InvalidOperationException(
            $"{asked} fits {(candidates.Count == 0 ? "none" : "several")} of the app's catalogs. They are mapped by: {string.Join(", ", _catalogs)}.");
    }

    /// <summary>Notes which file a catalog keeps its index in.</summary>
    /// <exception cref="InvalidOperationException">Another catalog of this app has it.</exception>
    public void Claim(string file, string catalog)
    {
        lock (_gate)
        {
            if (!_files.TryAdd(Path.GetFullPath(file), catalog))
                throw new InvalidOperationException($"Two catalogs of this app, {_files[Path.GetFullPath(file)]} and {catalog}, have the CatalogFile '{file}'. Give each a file of its own.");
        }
    }

    /// <summary>What endpoint names of the next mapping end in: nothing for the first, so that names stay unique in the app.</summary>
    public string NextSuffix() => Interlocked.Increment(ref _mapped) is var mapped and > 1 ? $".{mapped}" : "";
}
