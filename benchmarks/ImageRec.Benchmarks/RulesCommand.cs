using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ImageRec.Benchmarks;

/// <summary>
/// What rules add to a query over many items: by vector, which is the search alone, and by photo, with decoding and network.
/// </summary>
internal static class RulesCommand
{
    private const int Queries = 200;
    private const int Rounds = 9;

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var count = arguments.Number("--items", 100_000);
        var root = Repository.Root();
        var folder = arguments.Text("--photos", Path.Combine(root, "..", "shared", "data", "clothing", "validation"));
        var photos = Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories);
        var extractor = new CloudExtractor();
        var random = new Random(1);
        var goods = Enumerable.Range(0, count)
            .Select(i => new Good($"g{i}", i, random.Next(50), random.Next(10) == 0, random.NextSingle())).ToList();
        await using var engine = await new RecommenderBuilder().UseExtractor(extractor).WithoutReduction().WithoutClusters()
            .BuildAsync(goods.ToCatalog(good => good.Id, good => CloudExtractor.Picture(good.Number)));
        using var network = OnnxModel.Compact.CreateExtractor(options => options.Threads = 1);

        var sold = new Rules<Good>().Exclude("sold out", good => good.IsSoldOut);
        var all = sold.Exclude("in the cart", () => ["g5", "g6"]).Pin("g7", 1).Pin("g8", 4)
            .Boost("new in", good => good.Brand < 5, 0.05f)
            .Boost("bury", good => good.Brand > 45, -0.05f).Blend("sells", good => good.Sells, 0.1f)
            .AtMostPer("brand", 2, good => good.Brand)
            .MinScore(-0.5f).FallBackToMedoids(5);
        List<(string Name, Rules<Good>? Rules)> wishes =
        [
            ("none", null), ("one exclusion", sold), ("two pins", new Rules<Good>().Pin("g7", 1).Pin("g8", 4)),
            ("a boost", new Rules<Good>().Boost("new in", good => good.Brand < 5, 0.05f)),
            ("at most two per brand", new Rules<Good>().AtMostPer("brand", 2, good => good.Brand)),
            ("all of these, a cart, a blend, a least score, a fallback", all),
        ];
        var report = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # Rules

            `dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- rules [--items N] [--photos DIR]`: {count:N0} items of {CloudExtractor.Length} dimensions on a synthetic
            cloud, exact search, five answers, {Queries} queries one after another on one thread; the median of {Rounds} rounds, in which all rule sets take turns. By photo:
            the same search behind decoding and the network inside, of a photo of `clothing/validation`.

            | rules | by vector, us | by photo, us | added to a query by photo |
            |---|--:|--:|--:|

            """));
        var vectors = Enumerable.Range(0, Queries).Select(i => CloudExtractor.Row(count + i)).ToList();
        var picture = ImageSource.FromBytes(await File.ReadAllBytesAsync(photos[0]));
        var embedding = new float[network.Dimensions];
        var (times, looks) = (wishes.ConvertAll(_ => new List<double>()), new List<double>());
        for (var round = 0; round < Rounds + 1; round++)
        {
            for (var w = 0; w < wishes.Count; w++)
            {
                var clock = Stopwatch.GetTimestamp();
                foreach (var vector in vectors)
                    await engine.RecommendByVectorAsync(vector, new() { Rules = wishes[w].Rules });
                if (round > 0)
                    times[w].Add(Stopwatch.GetElapsedTime(clock).TotalMicroseconds / Queries);
            }
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < 20; i++)
                await network.ExtractAsync([picture], embedding);
            if (round > 0)
                looks.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / 20);
        }
        var look = Measurement.Median(looks);
        var plain = Measurement.Median(times[0]);
        for (var w = 0; w < wishes.Count; w++)
        {
            var time = Measurement.Median(times[w]);
            var line = string.Create(CultureInfo.InvariantCulture,
                $"| {wishes[w].Name} | {time:0} | {look + time:0} | {(time - plain) / (look + plain):0.0 %} |");
            Console.WriteLine(line);
            report.AppendLine(line);
        }
        var page = Path.Combine(root, "benchmarks", "results", "rules.md");
        await File.WriteAllTextAsync(page, $"{report}{Environment.NewLine}{Machine.Describe()}{Environment.NewLine}");
        return 0;
    }

    private sealed record Good(string Id, int Number, int Brand, bool IsSoldOut, float Sells);
}
