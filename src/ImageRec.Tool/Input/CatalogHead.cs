using ImageRec.Storage;

namespace ImageRec.Tool.Input;

/// <summary>Reads what a catalog file says without any of its components: how it was built, and its items.</summary>
internal static class CatalogHead
{
    public static CatalogSettings Read(string path)
    {
        using var file = CatalogFile.Open(path);
        return SettingsOf(file);
    }

    /// <summary>The settings and the finished items, in catalog order.</summary>
    public static (CatalogSettings Settings, IReadOnlyList<StoredItem> Items) ReadItems(string path)
    {
        using var file = CatalogFile.Open(path);
        using var reading = file.BeginReading();
        return (SettingsOf(file), [.. file.Items.Plan().Values.Where(item => item.Hash is not null)]);
    }

    private static CatalogSettings SettingsOf(CatalogFile file) =>
        CatalogSettings.Read(file) ?? throw file.Damaged("its settings are missing");
}
