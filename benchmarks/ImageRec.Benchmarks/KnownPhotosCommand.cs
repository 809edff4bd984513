using ImageRec.Features;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks;

/// <summary>
/// Writes by which bits the package tells the photos that the network inside it has learned from; to be run after every training.
/// </summary>
internal static class KnownPhotosCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var root = Repository.Root();
        var data = arguments.Text("--data", Path.Combine(root, "..", "shared", "data"));
        var folders = arguments.Text("--folders", "clothing/train,clothing-extra").Split(',');
        var photos = folders.SelectMany(folder => ImageCatalog.FromFolder(Path.Combine(data, folder)).Entries)
            .Select(entry => entry.Image).ToList();
        var known = KnownPhotos.From(KnownPhotos.HashOfCompact(), await RowsAsync(photos));
        var file = Path.Combine(root, "src", "ImageRec", "Features", "compact-net.photos");
        await using (var destination = File.Create(file))
            known.Save(destination);
        var strange = await RowsAsync(
            [.. ImageCatalog.FromFolder(Path.Combine(data, "clothing", "validation")).Entries.Select(entry => entry.Image)]);
        var changed = await RowsAsync([.. photos.Where((_, i) => i % 9 == 0).Select((photo, i) => ChangedPhoto.Of(photo, seed: i))]);
        Console.WriteLine($"{known.Count:N0} photos in {file}; taken for known: {Share(known, changed):P1} of them cropped, lit and "
            + $"compressed otherwise, {Share(known, strange):P1} of photos it has not learned from");
        return 0;
    }

    private static double Share(KnownPhotos known, FeatureMatrix rows) => known.AreKnown(rows).Count(k => k) / (double)rows.Rows;

    private static async Task<FeatureMatrix> RowsAsync(List<ImageSource> photos)
    {
        using var extractor = new OnnxFeatureExtractor(OnnxModel.Compact);
        return await PictureRows.PlainAsync(extractor, photos);
    }
}
