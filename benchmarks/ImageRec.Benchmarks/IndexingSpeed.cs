using ImageRec.Features;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ImageRec.Benchmarks;

/// <summary>
/// Photos a second from file to row: our extractor against ML.NET's own image pipeline, same network, same photos, taking turns.
/// </summary>
internal static class IndexingSpeed
{
    private const string Tensor = "pool5";

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var network = arguments.Text("--model", "../shared/models/alexnet-bvlc-conv.onnx");
        var photos = ImageCatalog.FromFolder(arguments.Text("--photos", "../shared/data/clothing/train")).Entries
            .Take(arguments.Number("--count", 400)).Select(entry => entry.Item.Path!).ToArray();
        // ML.NET squeezes pictures, so ours are squeezed too.
        var model = OnnxModel.AlexNet(network, Tensor);
        model.Fit = ImageFit.Stretch;
        using var extractor = model.CreateExtractor();
        var pipeline = Pipeline(network);

        List<Measurement> ours = [], theirs = [];
        var sum = await ExtractAsync(extractor, photos[..16]) + Transform(pipeline, photos[..16]);
        for (var round = 0; round < arguments.Number("--rounds", 3); round++)
        {
            ours.Add(await Measurement.OfAsync(async () => sum += await ExtractAsync(extractor, photos)));
            theirs.Add(await Measurement.OfAsync(() => Task.FromResult(sum += Transform(pipeline, photos))));
            Console.WriteLine($"round {round + 1}: ImageRec {photos.Length / ours[^1].Seconds:F1}, ML.NET "
                + $"{photos.Length / theirs[^1].Seconds:F1} photos a second");
        }
        var report = Report(network, photos.Length, ours, theirs);
        Console.WriteLine(report);
        Directory.CreateDirectory("benchmarks/results");
        await File.WriteAllTextAsync("benchmarks/results/indexing-speed.md", report);
        return sum == 0 ? 1 : 0;
    }

    /// <summary>Batches as a build makes them; the rows are summed so that none is left out.</summary>
    private static async Task<double> ExtractAsync(IFeatureExtractor extractor, string[] photos)
    {
        var rows = new float[extractor.PreferredBatch * extractor.Dimensions];
        var sum = 0.0;
        foreach (var batch in photos.Chunk(extractor.PreferredBatch))
        {
            await extractor.ExtractAsync([.. batch.Select(ImageSource.FromFile)], rows.AsMemory(0, batch.Length * extractor.Dimensions));
            for (var i = 0; i < batch.Length; i++)
                sum += rows[i * extractor.Dimensions];
        }
        return sum;
    }

    private static Func<string[], IDataView> Pipeline(string network)
    {
        var context = new MLContext(seed: 1);
        var estimator = context.Transforms.LoadImages("image", "", nameof(Photo.Path))
            .Append(context.Transforms.ResizeImages("image", 227, 227, resizing: ImageResizingEstimator.ResizingKind.Fill))
            .Append(context.Transforms.ExtractPixels(
            "data", "image", orderOfExtraction: ImagePixelExtractingEstimator.ColorsOrder.ABGR, offsetImage: 115))
            .Append(context.Transforms.ApplyOnnxModel([Tensor], ["data"], network,
            new Dictionary<string, int[]> { ["data"] = [1, 3, 227, 227], [Tensor] = [1, 256, 6, 6] }, recursionLimit: 100));
        var model = estimator.Fit(context.Data.LoadFromEnumerable(Array.Empty<Photo>()));
        return photos => model.Transform(context.Data.LoadFromEnumerable(photos.Select(path => new Photo { Path = path })));
    }

    private static double Transform(Func<string[], IDataView> pipeline, string[] photos)
    {
        var view = pipeline(photos);
        var column = view.Schema[Tensor];
        using var cursor = view.GetRowCursor([column]);
        var get = cursor.GetGetter<VBuffer<float>>(column);
        var row = default(VBuffer<float>);
        var sum = 0.0;
        while (cursor.MoveNext())
        {
            get(ref row);
            sum += row.GetValues()[0];
        }
        return sum;
    }

    private static string Report(string network, int photos, List<Measurement> ours, List<Measurement> theirs)
    {
        var (ourSpeed, theirSpeed) = (Speed(ours), Speed(theirs));
        return $"""
            # Indexing speed

            {photos} photos, `{Path.GetFileName(network)}` to `{Tensor}`, from file to row; medians of {ours.Count} rounds, taking turns.
            {Machine.Describe()}

            | | photos a second | managed memory a photo (KB) | peak working set (MB) |
            |---|---|---|---|
            | ImageRec: `OnnxFeatureExtractor` | {ourSpeed:F1} | {Allocated(ours):F0} | {Peak(ours):F0} |
            | ML.NET: `LoadImages`, `ResizeImages`, `ExtractPixels`, `ApplyOnnxModel` | {theirSpeed:F1} | {Allocated(theirs):F0} | {Peak(theirs):F0} |

            ImageRec is {ourSpeed / theirSpeed:F2} times as fast. Both run in one process, so a peak includes what the other keeps loaded.
            ML.NET's resize takes the nearest pixel and ignores EXIF orientation; ImageRec's is anti-aliased.

            """;

        double Speed(List<Measurement> runs) => Measurement.Median(runs.Select(run => photos / run.Seconds));
        double Allocated(List<Measurement> runs) => Measurement.Median(runs.Select(run => run.AllocatedMegabytes * 1024 / photos));
        static double Peak(List<Measurement> runs) => runs.Max(run => run.PeakMegabytes);
    }

    private sealed class Photo
    {
        public string Path { get; set; } = "";
    }
}
