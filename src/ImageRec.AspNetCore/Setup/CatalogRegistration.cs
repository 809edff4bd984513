namespace ImageRec.AspNetCore;

/// <summary>A catalog that <c>AddImageRec</c> has added to an app.</summary>
/// <param name="Name">Its name; empty for none.</param>
/// <param name="ItemType">The type of its products.</param>
/// <param name="Parts">Gets its parts from the app's services.</param>
internal sealed record CatalogRegistration(string Name, Type ItemType, Func<IServiceProvider, ICatalogParts> Parts)
{
    /// <summary>As it stands in code.</summary>
    public override string ToString() => Name.Length == 0 ? $"MapImageRec<{ItemType.Name}>(prefix)" : $"MapImageRec<{ItemType.Name}>(prefix, \"{Name}\")";
}
