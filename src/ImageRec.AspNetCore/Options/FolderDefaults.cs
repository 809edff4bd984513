namespace ImageRec.AspNetCore.Options;

/// <summary>The options of a catalog whose products are the photos of a folder.</summary>
internal static class FolderDefaults
{
    public static void Apply(ImageRecOptions<CatalogItem> options)
    {
        // The folder is read from the options when it is listed: what configures them later can set another.
        options.Products = _ => ImageCatalog.FromFolder(options.PhotosFolder!).Entries.Select(entry => entry.Item);
        options.Id = item => item.Id;
        options.Name = item => Path.GetFileNameWithoutExtension(item.Id);
        options.Image = item => ImageSource.FromFile(item.Path ?? item.Id);
        options.Category = item => item.Category;
        options.PhotoFile = item => item.Path;
    }
}
