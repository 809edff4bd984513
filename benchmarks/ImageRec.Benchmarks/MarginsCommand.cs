using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using ImageRec.Features;
using ImageRec.Images;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks;

/// <summary>What margins cost, with them and without: photos on larger canvases, photos as they are, and cut-out goods.</summary>
internal static class MarginsCommand
{
    private const int First = 5;
    private static readonly double[] s_scales = [1.05, 1.1, 1.25, 1.5, 2];

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var root = Repository.Root();
        var data = arguments.Text("--data", Path.Combine(root, "..", "shared", "data"));
        var catalog = ImageCatalog.FromFolder(Path.Combine(data, "clothing", "train")).Entries.ToList();
        var queries = ImageCatalog.FromFolder(Path.Combine(data, "clothing", "validation")).Entries.ToList();
        var kinds = arguments.Text("--canvases", "all") == "all" ? CanvasPhoto.Kinds : arguments.Text("--canvases", "").Split(';');
        var goods = ImageCatalog.FromFolder(Path.Combine(data, "furniture")).Entries.ToList();
        var wanted = arguments.Text("--alexnet", "");
        var model = wanted.Length > 0 ? OnnxModel.AlexNet(wanted) : OnnxModel.Compact;
        model.TrimMargins = false;
        using var plain = new OnnxFeatureExtractor(model);
        model.TrimMargins = true;
        using var trimming = new OnnxFeatureExtractor(model);
        var report = new StringBuilder();
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        void Say(string line)
        {
            Console.WriteLine(line);
            report.AppendLine(line);
        }

        var (rows, seconds) = await TimedAsync(plain, catalog);
        var (trimmedRows, trimmedSeconds) = await TimedAsync(trimming, catalog);
        Say($"""
            # Margins

            `dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- margins [--data DIR] [--alexnet FILE] [--canvases KIND;KIND]`: {plain.Name},
            {catalog.Count:N0} photos of `clothing/train` as they are, asked with the {queries.Count:N0} of `clothing/validation` on canvases of the same shape, so many
            times as wide and high, saved as JPEG of quality 85 (transparent: PNG). precision@5 by category; *kept*: margins are seen, *left out*:
            `TrimMargins`, of items and queries. Soft shadows are blurred by 1.5 % of the photo's longer side and 43 % black. Off center: at a quarter
            of the room. Square: of the photo's longer side.

            """);
        Say("| canvas | scale | kept | left out | change by the canvas, kept | left out |");
        Say("|---|--:|--:|--:|--:|--:|");
        var (bare, bareTrimmed) = (await PrecisionAsync(plain, rows, catalog, queries, Bare), await PrecisionAsync(
            trimming, trimmedRows, catalog, queries, Bare));
        Say($"| none | | {bare:0.000} | {bareTrimmed:0.000} | | |");
        foreach (var kind in kinds.Intersect(CanvasPhoto.Kinds))
        {
            foreach (var scale in s_scales)
            {
                ImageSource Pasted(ImageSource photo) => CanvasPhoto.Of(photo, kind, scale);
                var kept = await PrecisionAsync(plain, rows, catalog, queries, Pasted);
                var without = await PrecisionAsync(trimming, trimmedRows, catalog, queries, Pasted);
                var (lost, lostWithout) = (kept - bare, without - bareTrimmed);
                Say($"| {kind} | {scale} | {kept:0.000} | {without:0.000} | {lost:+0.000;-0.000;0} | {lostWithout:+0.000;-0.000;0} |");
            }
        }
        var cut = catalog.Select(Cut).Where(share => share > 0).ToList();
        Say("");
        Say($"Of the {catalog.Count:N0} photos as they are, {catalog.Count - cut.Count:N0} are left whole; of the others, {cut.Count}, "
            + $"{Median(cut):0 %} of the area is left in the median.");
        Say("");
        Say($"Cut-out goods: each of the {goods.Count:N0} pictures of `furniture`, transparent around what they show, asks the rest.");
        Say("");
        Say("| items | queries | kept | left out |");
        Say("|---|---|--:|--:|");
        var (goodsRows, goodsTrimmed) = ((await TimedAsync(plain, goods)).Rows, (await TimedAsync(trimming, goods)).Rows);
        foreach (var scale in (double[])[1, 1.5, 2])
        {
            ImageSource Asked(ImageSource photo) => scale == 1 ? photo : CanvasPhoto.Of(photo, "white", scale);
            var kept = await PrecisionAsync(plain, goodsRows, goods, goods, Asked);
            var without = await PrecisionAsync(trimming, goodsTrimmed, goods, goods, Asked);
            Say($"| as they are | {(scale == 1 ? "as they are" : $"on white, {scale}")} | {kept:0.000} | {without:0.000} |");
        }
        Say("");
        Say($"Photos indexed a second: {catalog.Count / seconds:0} kept, {catalog.Count / trimmedSeconds:0} left out "
            + $"({trimmedSeconds / seconds:0.00} times as long).");
        var name = wanted.Length > 0 ? $"margins-{model.Name}.md" : "margins.md";
        await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", name), $"{report}\n{Machine.Describe()}\n");
        return 0;
    }

    private static ImageSource Bare(ImageSource photo) => photo;

    private static double Median(List<double> values) => values.Count == 0 ? 1 : Measurement.Median(values);

    /// <summary>Returns the share of the area that is left when margins are left out; 0 when there are none.</summary>
    private static double Cut(CatalogEntry<CatalogItem> entry)
    {
        var encoded = entry.Image.ReadAsync().AsTask().GetAwaiter().GetResult();
        using var image = ImageDecoder.Decode(
            encoded.Span, entry.Id, ImageLimits.Default, (_, _) => (128, 128), ImageFit.Stretch, Backdrop.White);
        return Margins.Find(image) is { } inside ? (double)inside.Width * inside.Height / image.Count : 0;
    }

    private static async Task<(FeatureMatrix Rows, double Seconds)> TimedAsync(
        OnnxFeatureExtractor extractor, List<CatalogEntry<CatalogItem>> entries)
    {
        var clock = Stopwatch.GetTimestamp();
        var rows = await PictureRows.UnitAsync(extractor, entries.ConvertAll(entry => entry.Image));
        return (rows, Stopwatch.GetElapsedTime(clock).TotalSeconds);
    }

    private static async Task<double> PrecisionAsync(
        OnnxFeatureExtractor extractor, FeatureMatrix rows, List<CatalogEntry<CatalogItem>> items, List<CatalogEntry<CatalogItem>> queries,
        Func<ImageSource, ImageSource> change)
    {
        var asked = await PictureRows.UnitAsync(extractor, queries.ConvertAll(query => change(query.Image)));
        var right = new int[queries.Count];
        Parallel.For(0, queries.Count, q =>
        {
            var best = Enumerable.Range(0, items.Count).Where(i => !ReferenceEquals(items[i], queries[q]))
                .OrderByDescending(i => TensorPrimitives.Dot<float>(rows[i], asked[q])).Take(First);
            right[q] = best.Count(i => items[i].Category == queries[q].Category);
        });
        return right.Sum() / (double)(First * queries.Count);
    }
}
