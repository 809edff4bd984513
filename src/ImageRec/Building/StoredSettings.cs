using System.Text.Json;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>Compares what a catalog file was built with to what a builder chose.</summary>
internal static class StoredSettings
{
    /// <summary>Requires that a file is finished and was built with these components.</summary>
    public static void Require<TItem>(CatalogFile file, Components components)
    {
        var found = CatalogSettings.Read(file) ?? throw file.Damaged("its settings are missing");
        RequireComplete(file, found);
        var wanted = components.Settings<TItem>(BuildStage.Complete);
        if (!found.HasRowsOf(wanted))
            throw new CatalogFileException(
                $"'{file.Name}' was built with {found.Extractor} ({found.Fingerprint}), not with {wanted.Extractor} "
                + $"({wanted.Fingerprint}). Use the extractor it was built with.");
        // JSON is what the file keeps of any type.
        if (found.ItemType != wanted.ItemType && typeof(TItem) != typeof(JsonElement))
            throw new CatalogFileException(
                $"'{file.Name}' holds items of type {found.ItemType}, not {wanted.ItemType}. Open it with the type it was built with.");
    }

    /// <summary>Requires that a build of the file was finished.</summary>
    public static void RequireComplete(CatalogFile file, CatalogSettings found)
    {
        if (found.Stage == BuildStage.Complete)
            return;
        var done = file.Items.CountFinished() + (int)file.Guard(() => file.Scalar("SELECT count(*) FROM sample"));
        throw new CatalogFileException(WriterRecord.Read(file) is { MayBeAlive: true } writer
            ? $"'{file.Name}' is being built {writer}; {done} pictures are done. It can be opened when that is finished."
            : $"The build of '{file.Name}' was interrupted after {done} pictures. Run the same build again; it computes only what is "
            + "missing.");
    }
}
