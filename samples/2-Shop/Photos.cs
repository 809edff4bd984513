using ImageRec;

namespace Shop;

/// <summary>Looks at the folder given with --photos before the shop opens.</summary>
internal static class Photos
{
    /// <summary>What is wrong with it, as a sentence; null when nothing is.</summary>
    public static string? Problem(string folder)
    {
        try
        {
            return ImageCatalog.FromFolder(folder).Entries.Any()
                ? null
                : $"There are no pictures in '{folder}'. Give a folder with photos in it: --photos DIR.";
        }
        catch (CatalogException e)
        {
            return e.Message;
        }
    }
}
