using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ImageRec.Features;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ImageRec.Benchmarks;

/// <summary>One run of <see cref="PublishedNetworks"/>, in a process of its own so that its memory is its own.</summary>
internal static class PublishedNetworkRun
{
    /// <summary>The two libraries.</summary>
    public const string Ours = "ImageRec", Theirs = "ML.NET";

    /// <summary>Drawings that have the size of the input.</summary>
    public const int Exact = 4;

    // One for all colors: ML.NET's pixel extraction has no mean for each.
    private const float Mean = 115;

    public static async Task<int> RunAsync(string[] args)
    {
        var (library, network, output, side) = (args[0], args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
        var photos = Directory.GetFiles(args[4], "*.jpg").Order(StringComparer.Ordinal).ToArray();
        var exact = Directory.GetFiles(args[4], "*.png").Order(StringComparer.Ordinal).ToArray();
        var start = Stopwatch.GetTimestamp();
        using var extractor = library == Ours ? Model(network, output, side).CreateExtractor() : null;
        var pipeline = extractor is null ? Pipeline(network, output, side) : null;
        await ExtractAsync(exact[..1]);
        var started = Stopwatch.GetElapsedTime(start).TotalSeconds;
        // Also lets our extractor find out whether batches give the same bits.
        var rows = await ExtractAsync(exact);
        start = Stopwatch.GetTimestamp();
        await ExtractAsync(photos);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await File.WriteAllBytesAsync(args[5], MemoryMarshal.AsBytes(rows.AsSpan()).ToArray());
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(new Result(photos.Length / seconds, started, process.PeakWorkingSet64 / 1048576.0));
        return 0;

        async Task<float[]> ExtractAsync(string[] files)
        {
            if (extractor is null)
                return Transform(pipeline!, output, files);
            var rows = new float[files.Length * extractor.Dimensions];
            await extractor.ExtractAsync([.. files.Select(ImageSource.FromFile)], rows);
            return rows;
        }
    }

    private static OnnxModel Model(string network, string output, int side) => new(network)
    {
        Output = output,
        Width = side,
        Height = side,
        Channels = ChannelOrder.Bgr,
        Mean = RgbValues.All(Mean),
    };

    private static Func<string[], IDataView> Pipeline(string network, string output, int side)
    {
        var context = new MLContext(seed: 1);
        var estimator = context.Transforms.LoadImages("image", "", nameof(Photo.Path))
            .Append(context.Transforms.ResizeImages("image", side, side, resizing: ImageResizingEstimator.ResizingKind.Fill))
            .Append(context.Transforms.ExtractPixels(
                "data", "image", orderOfExtraction: ImagePixelExtractingEstimator.ColorsOrder.ABGR, offsetImage: Mean))
            .Append(context.Transforms.ApplyOnnxModel(
                [output], ["data"], network, new Dictionary<string, int[]> { ["data"] = [1, 3, side, side] }, recursionLimit: 100));
        var model = estimator.Fit(context.Data.LoadFromEnumerable(Array.Empty<Photo>()));
        return photos => model.Transform(context.Data.LoadFromEnumerable(photos.Select(path => new Photo { Path = path })));
    }

    private static float[] Transform(Func<string[], IDataView> pipeline, string output, string[] photos)
    {
        var view = pipeline(photos);
        var column = view.Schema[output];
        using var cursor = view.GetRowCursor([column]);
        var get = cursor.GetGetter<VBuffer<float>>(column);
        var row = default(VBuffer<float>);
        List<float> rows = [];
        while (cursor.MoveNext())
        {
            get(ref row);
            rows.AddRange(row.GetValues());
        }
        return [.. rows];
    }

    /// <summary>What a run took, as one line of text.</summary>
    /// <param name="PhotosPerSecond">From file to row.</param>
    /// <param name="StartSeconds">From the network's path to the first row.</param>
    /// <param name="PeakMegabytes">Largest working set of the process.</param>
    internal readonly record struct Result(double PhotosPerSecond, double StartSeconds, double PeakMegabytes)
    {
        public static Result Parse(string line)
        {
            double[] values = [.. line.Trim().Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
            return new(values[0], values[1], values[2]);
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{PhotosPerSecond:F3} {StartSeconds:F3} {PeakMegabytes:F1}");
    }

    private sealed class Photo
    {
        public string Path { get; set; } = "";
    }
}
