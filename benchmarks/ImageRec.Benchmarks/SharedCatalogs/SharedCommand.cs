using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ImageRec.Benchmarks.RecallVsSpeed;
using ImageRec.Features;
using ImageRec.Redis.Tests.Support;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks.SharedCatalogs;

/// <summary>
/// Measures catalogs on a Garnet server beside the same ones in this process: <c>shared [--rows N] [--small N] [--shards 4,1,2,8]
/// [--queries N] [--photos DIR]</c>.
/// </summary>
internal static class SharedCommand
{
    private static readonly StringBuilder s_report = new();

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var root = Repository.Root();
        var photos = arguments.Text("--photos", Path.Combine(root, "..", "shared", "data", "clothing"));
        var (rows, small) = (arguments.Number("--rows", 200_000), arguments.Number("--small", 10_000));
        var queries = arguments.Number("--queries", 200);
        Say($"# Shared catalogs\n");
        Say($"`dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- shared {string.Join(' ', args)}`\n");
        Say($"{Machine.Describe()}\n");
        await using var server = await GarnetProcess.StartAsync("--memory", "4g", "--page", "4m", "--index", "256m");
        if (Directory.Exists(photos))
            await PhotosAsync(server.Address, photos, queries);
        Say("## Synthetic rows of 128 dimensions\n");
        Say("| rows | shards | effort, recall@10 told | overlap@10 | filter 50 % | 5 % | 0.1 % | short answers | shared, ms | "
            + "bare VSIM, ms | one process exact, ms | at Recall 0.99, ms | build, s | in one process, s | front end, MB | Garnet, MB | "
            + "load |");
        Say("| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var shards in arguments.Text("--shards", "4,1,2,8").Split(','))
            await RowsAsync(server, small, int.Parse(shards, CultureInfo.InvariantCulture), queries);
        if (rows > small)
            await RowsAsync(server, rows, shards: 4, queries);
        await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", "shared-catalog.md"), s_report.ToString());
        return 0;
    }

    private static async Task PhotosAsync(string address, string photos, int most)
    {
        using var network = new OnnxFeatureExtractor(OnnxModel.Compact);
        var extractor = new CachedExtractor(network);
        var catalog = ImageCatalog.FromFolder(Path.Combine(photos, "train"));
        var asked = ImageCatalog.FromFolder(Path.Combine(photos, "validation")).Entries.ToList();
        await using var alone = await new RecommenderBuilder().UseExtractor(extractor).BuildAsync(catalog);
        await using var shared = await new RecommenderBuilder().UseExtractor(extractor).RankByCosine(o => o.Recall = 0.99)
            .BuildAsync(catalog, SharedCatalog.Redis(address, "photos", o => o.Timeout = TimeSpan.FromSeconds(60)));
        var vectors = new List<ReadOnlyMemory<float>>();
        foreach (var entry in asked)
            vectors.Add(await alone.ComputeVectorAsync(entry.Image));
        var (overlap, tooFew) = await SharedParity.CompareAsync(alone, shared, vectors);
        Say($"## {await alone.CountAsync():N0} photos, {vectors.Count} photos of others as queries\n");
        Say("| | in one process, exact | shared, 4 shards |\n| --- | ---: | ---: |");
        Say($"| overlap@10 with the exact answer | 1 | {overlap:0.0000} |");
        Say($"| answers that are short | 0 | {tooFew} |");
        var right = await PrecisionAsync(alone, asked, vectors);
        Say($"| precision@10 | {right:0.0000} | {await PrecisionAsync(shared, asked, vectors):0.0000} |");
        var some = vectors.Take(most).ToList();
        var ofAlone = await SharedParity.MedianAsync(some, query => alone.RecommendByVectorAsync(query));
        var ofShared = await SharedParity.MedianAsync(some, query => shared.RecommendByVectorAsync(query));
        Say($"| median of a query, ms | {ofAlone:0.00} | {ofShared:0.00} |");
        Say($"\n{shared.Describe()}; load of the machine {Load()}\n");
    }

    private static async Task<double> PrecisionAsync<TItem>(
        IRecommendationEngine<TItem> engine, List<CatalogEntry<CatalogItem>> asked, List<ReadOnlyMemory<float>> vectors)
    {
        var right = 0;
        for (var i = 0; i < vectors.Count; i++)
            right += (await engine.RecommendByVectorAsync(vectors[i], new RecommendOptions<TItem> { Count = SharedParity.Count }))
                .Count(hit => hit.Category == asked[i].Category);
        return right / (double)(vectors.Count * SharedParity.Count);
    }

    private static async Task RowsAsync(GarnetProcess server, int rows, int shards, int queries)
    {
        var set = SyntheticRows.Create(rows, queries);
        var catalog = Enumerable.Range(0, rows).Select(i => new RowItem(i, i % 1000)).ToCatalog(
            item => item.Number.ToString(CultureInfo.InvariantCulture),
            item => ImageSource.FromBytes(MemoryMarshal.AsBytes(set.Base[item.Number]).ToArray()));
        var vectors = Enumerable.Range(0, queries).Select(i => (ReadOnlyMemory<float>)set.Queries[i].ToArray()).ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"rows-{rows}-{shards}");
        var place = SharedCatalog.Redis(server.Address, name, o =>
        {
            o.Timeout = TimeSpan.FromSeconds(60);
            o.Shards = shards;
            o.Attributes.Add(nameof(RowItem.Group));
        });
        var (before, start) = (server.WorkingSet, Stopwatch.GetTimestamp());
        await (await Builder().RankByCosine(o => o.Recall = 0.99).BuildAsync(catalog, place)).DisposeAsync();
        var sharedSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var garnet = (server.WorkingSet - before) / 1e6;

        var memory = GC.GetTotalMemory(forceFullCollection: true);
        await using var shared = await Builder().OpenAsync<RowItem>(place);
        foreach (var query in vectors)
            await shared.RecommendByVectorAsync(query);
        memory = GC.GetTotalMemory(forceFullCollection: true) - memory;

        start = Stopwatch.GetTimestamp();
        await using var exact = await Builder().BuildAsync(catalog);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await using var quick = await Builder().RankByCosine(o => o.Recall = 0.99).BuildAsync(catalog);

        var (overlap, tooFew) = await SharedParity.CompareAsync(exact, shared, vectors);
        var filters = new List<double>();
        foreach (var most in new[] { 500, 50, 1 })
        {
            var (kept, less) = await SharedParity.CompareAsync(exact, shared, vectors, SharedFilter.Of<RowItem>(item => item.Group < most));
            filters.Add(kept);
            tooFew += less;
        }
        await using var bare = await BareSearch.OpenAsync(server.Address, name, shared.Describe());
        var ofShared = await SharedParity.MedianAsync(vectors, query => shared.RecommendByVectorAsync(query, new() { Count = 10 }));
        var ofBare = await SharedParity.MedianAsync(vectors, bare.RunAsync);
        var ofExact = await SharedParity.MedianAsync(vectors, query => exact.RecommendByVectorAsync(query, new() { Count = 10 }));
        var ofQuick = await SharedParity.MedianAsync(vectors, query => quick.RecommendByVectorAsync(query, new() { Count = 10 }));
        var told = shared.Describe()[shared.Describe().IndexOf("effort", StringComparison.Ordinal)..].TrimEnd(')');
        Say($"| {rows:N0} | {shards} | {told} | {overlap:0.0000} | {filters[0]:0.0000} | {filters[1]:0.0000} | {filters[2]:0.0000} | "
            + $"{tooFew} | "
            + $"{ofShared:0.00} | {ofBare:0.00} | {ofExact:0.00} | {ofQuick:0.00} | {sharedSeconds:0} | {seconds:0} | {memory / 1e6:0.0} | "
            + $"{garnet:0} | {Load()} |");

        RecommenderBuilder Builder() => new RecommenderBuilder().UseExtractor(new RowExtractor(set.Base.Columns)).WithoutReduction()
            .WithoutClusters();
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static void Say(FormattableString line) => Say(FormattableString.Invariant(line));

    private static void Say(string line)
    {
        Console.WriteLine(line);
        s_report.Append(line).Append('\n');
    }
}
