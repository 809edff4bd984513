using System.Buffers.Binary;
using System.Diagnostics;
using ImageRec.Features;

namespace ImageRec.Benchmarks;

/// <summary>Time from the name of a catalog file to the first answer: 100,000 made-up items with rows of 128 numbers.</summary>
internal static class Reopen
{
    private const int Dimensions = 128;

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var (count, rounds) = (arguments.Number("--items", 100_000), arguments.Number("--rounds", 5));
        var file = arguments.Text("--file", Path.Combine(Path.GetTempPath(), $"reopen-{count}.imagerec"));
        var items = Enumerable.Range(0, count).ToCatalog(i => $"item-{i:000000}", Picture, i => $"category-{i % 20}");
        using var extractor = new MadeUpExtractor();
        await (await Builder(extractor).BuildAsync(items, file)).DisposeAsync();

        List<double> opened = [], answered = [];
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await using var engine = await Builder(extractor).OpenAsync<int>(file);
            opened.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            await engine.RecommendAsync(Picture(-1), 5);
            answered.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            Console.WriteLine($"round {round + 1}: opened after {opened[^1]:F3} s, first answer after {answered[^1]:F3} s");
        }
        var report = $"""
            # Reopening a catalog

            `dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- reopen`: {count:N0} items, rows of {Dimensions} numbers, a file of
            {new FileInfo(file).Length / 1e6:F1} MB that the system has read before. Every row's checksum is checked. Median of {rounds} (first, slowest).

            | | seconds |
            |---|---|
            | until the engine is open | {Measurement.Median(opened):F3} ({opened[0]:F3}, {opened.Max():F3}) |
            | until the first answer | {Measurement.Median(answered):F3} ({answered[0]:F3}, {answered.Max():F3}) |

            {Machine.Describe()}

            """;
        Console.WriteLine(report);
        Directory.CreateDirectory("benchmarks/results");
        await File.WriteAllTextAsync("benchmarks/results/reopen.md", report);
        return 0;
    }

    private static RecommenderBuilder Builder(MadeUpExtractor extractor) =>
        new RecommenderBuilder().UseExtractor(extractor).WithoutReduction();

    private static ImageSource Picture(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return ImageSource.FromBytes(bytes);
    }

    /// <summary>Draws each row from a random generator that the picture's four bytes seed.</summary>
    private sealed class MadeUpExtractor : IFeatureExtractor
    {
        public string Name => "made-up";

        public string Fingerprint => "made-up 1";

        public int Dimensions => Reopen.Dimensions;

        public int PreferredBatch => 64;

        public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
            IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var random = new Random(
                    BinaryPrimitives.ReadInt32LittleEndian((await batch[i].ReadAsync(cancellationToken: cancellationToken)).Span));
                for (var j = 0; j < Dimensions; j++)
                    rows.Span[i * Dimensions + j] = random.NextSingle() - 0.5f;
            }
            return [];
        }

        public void Dispose()
        {
        }
    }
}
