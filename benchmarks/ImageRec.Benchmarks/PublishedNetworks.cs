using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using DrawnProducts;
using ImageRec.Tests.Features;

namespace ImageRec.Benchmarks;

/// <summary>
/// AlexNet and VGG-16 in their published sizes, fully connected layers included, with random weights: our extractor beside ML.NET's own
/// image pipeline, a process for each run. The files are made in a temporary folder and deleted afterwards.
/// </summary>
internal static class PublishedNetworks
{
    private static readonly (string Title, PublishedNetwork Network, int Photos)[] s_networks =
    [
        ("AlexNet (BVLC)", PublishedNetwork.AlexNet(), 64),
        ("VGG-16 (Caffe)", PublishedNetwork.Vgg16(), 16),
    ];

    private static readonly string[] s_outputs = ["pool5", "fc7", "prob"];
    private static readonly string[] s_sides = [PublishedNetworkRun.Ours, PublishedNetworkRun.Theirs];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["run", .. var one])
            return await PublishedNetworkRun.RunAsync(one);
        var rounds = new Arguments(args).Number("--rounds", 3);
        var folder = Directory.CreateTempSubdirectory("published-networks-");
        try
        {
            var report = new StringBuilder(Head(rounds));
            foreach (var (title, network, photos) in s_networks)
                report.Append(await MeasureAsync(folder.FullName, title, network, photos, rounds));
            report.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Describe()}; load of the machine at the end: {Load()}");
            Console.WriteLine(report);
            await File.WriteAllTextAsync(Path.Combine(Repository.Root(), "benchmarks", "results", "published-networks.md"), $"{report}");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Head(int rounds) => $"""
        # The published networks whole

        `dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- published-networks`: ImageRec's extractor beside ML.NET's
        `LoadImages`, `ResizeImages`, `ExtractPixels`, `ApplyOnnxModel`, from JPEG files of 400 x 400 pixels (drawn products) to rows. The
        networks have the layers and sizes that were published, and random weights. Medians of {rounds} rounds (slowest to fastest), taking
        turns, each a process of its own; the peak is the whole process's largest working set, the start lasts until the first row. ML.NET
        subtracts one mean for all colors, so ImageRec was given the same one here, and both squeeze. ML.NET reads only tensors that the
        file declares as outputs, so the file declares all three.

        Rows are those of 4 drawings that have the size of the input, so that neither resizes: the largest difference between the two
        libraries, in parts of the largest value.


        """;

    private static async Task<string> MeasureAsync(string folder, string title, PublishedNetwork network, int photos, int rounds)
    {
        var file = Path.Combine(folder, "network.onnx");
        await using (var stream = File.Create(file))
            network.ToOnnx(s_outputs).Save(stream);
        var size = new FileInfo(file).Length;
        var drawn = Draw(folder, network.Side, photos);
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"## {title}: {network.Parameters:N0} parameters, {size / 1048576.0:F0} MB")
            .AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{network.Side} x {network.Side}, {photos} photos a round.")
            .AppendLine()
            .AppendLine("| output | dimensions | | photos a second | start (s) | peak working set (MB) | largest difference of rows |")
            .AppendLine("|---|---|---|---|---|---|---|");
        foreach (var output in s_outputs)
        {
            var runs = s_sides.ToDictionary(side => side, _ => new List<PublishedNetworkRun.Result>());
            var rows = s_sides.ToDictionary(side => side, side => Path.Combine(folder, $"{side}.rows"));
            for (var round = 0; round < rounds; round++)
            {
                foreach (var side in s_sides)
                {
                    runs[side].Add(await StartAsync(side, file, output, $"{network.Side}", drawn, rows[side]));
                    Console.WriteLine($"{title} {output}, round {round + 1}, {side}: {runs[side][^1]}");
                }
            }
            var (ours, theirs) = (Rows(rows[PublishedNetworkRun.Ours]), Rows(rows[PublishedNetworkRun.Theirs]));
            var difference = Difference(ours, theirs);
            foreach (var side in s_sides)
            {
                double Median(Func<PublishedNetworkRun.Result, double> value) => Measurement.Median(runs[side].Select(value));
                var speeds = runs[side].Select(run => run.PhotosPerSecond).ToArray();
                table.AppendLine(CultureInfo.InvariantCulture, $"| `{output}` | {ours.Length / PublishedNetworkRun.Exact:N0} | {side} "
                    + $"| {Measurement.Median(speeds):F2} ({speeds.Min():F2} to {speeds.Max():F2}) | {Median(run => run.StartSeconds):F1} "
                    + $"| {Median(run => run.PeakMegabytes):F0} | {difference:0.0E+0} |");
            }
        }
        return table.AppendLine().ToString();
    }

    /// <summary>Draws products as JPEG files, and a few as PNG files that have the size of the input.</summary>
    private static string Draw(string folder, int side, int photos)
    {
        var drawn = Path.Combine(folder, $"photos-{side}-{photos}");
        Directory.CreateDirectory(drawn);
        foreach (var (number, product) in DrawnCatalog.Create(photos).Index())
        {
            File.WriteAllBytes(Path.Combine(drawn, $"{number:000}.jpg"), product.Draw());
            if (number < PublishedNetworkRun.Exact)
            {
                var palette = Palette.All.First(palette => palette.Name == product.Color);
                File.WriteAllBytes(Path.Combine(drawn, $"{number:000}.png"), ProductDrawing.Draw(
                    product.Kind, palette, product.Pattern, product.Variation, side, SkiaSharp.SKEncodedImageFormat.Png));
            }
        }
        return drawn;
    }

    private static async Task<PublishedNetworkRun.Result> StartAsync(params string[] run)
    {
        // The program may run by its own executable or by dotnet and its library.
        var isHosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        string[] program = isHosted ? [typeof(PublishedNetworks).Assembly.Location] : [];
        string[] arguments = [.. program, "published-networks", "run", .. run];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? PublishedNetworkRun.Result.Parse(output)
            : throw new InvalidOperationException($"The run {string.Join(' ', run)} ended with {process.ExitCode}: {output}");
    }

    private static float[] Rows(string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();

    private static float Difference(float[] ours, float[] theirs)
    {
        if (ours.Length != theirs.Length)
            throw new InvalidDataException($"ImageRec's rows have {ours.Length} values, ML.NET's {theirs.Length}.");
        var difference = new float[ours.Length];
        TensorPrimitives.Subtract<float>(ours, theirs, difference);
        return MathF.Abs(TensorPrimitives.MaxMagnitude<float>(difference)) / MathF.Abs(TensorPrimitives.MaxMagnitude<float>(theirs));
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
