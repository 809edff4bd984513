using ImageRec.Redis.Tests.Support;
using ImageRec.Tests.Tool;

namespace ImageRec.Redis.Tests;

/// <summary>The command works on shared catalogs as it does on files.</summary>
public sealed class ToolTests(GarnetServer server) : ToolTest, IClassFixture<GarnetServer>
{
    private const string Photo = "photos/hat/hat-001.jpg";

    [Fact]
    public async Task Commands_OnAStore_AnswerAsOnAFile()
    {
        Draw("photos", 60);
        var store = Address("shop");
        var indexed = await IndexAsync("photos", "--to", store, "--dims", "16", "--clusters", "3", "--shards", "2", "--json");
        Assert.Equal((0, ""), (indexed.ExitCode, WithoutProgress(indexed.Error)));
        Assert.Equal((60, 60, store), (indexed.Json.GetProperty("items").GetInt32(), indexed.Json.GetProperty("computed").GetInt32(),
            indexed.Json.GetProperty("file").GetString()));
        Assert.Equal(0, (await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "16", "--clusters", "3")).ExitCode);

        var (ofStore, ofFile) =
            (await RunAsync("query", store, Photo, "-k", "4"), await RunAsync("query", "shop.imagerec", Photo, "-k", "4"));
        Assert.Equal((0, ofFile.Out), (ofStore.ExitCode, ofStore.Out));
        (ofStore, ofFile) = (await RunAsync("query", store, Photo, "--category", "MUG", "--json"),
            await RunAsync("query", "shop.imagerec", Photo, "--category", "MUG", "--json"));
        Assert.Equal(Ids(ofFile), Ids(ofStore));
        Assert.Contains("There are: ", (await RunAsync("query", store, Photo, "--category", "boat")).Error, StringComparison.Ordinal);

        (ofStore, ofFile) = (await RunAsync("evaluate", store, "--json"), await RunAsync("evaluate", "shop.imagerec", "--json"));
        Assert.Equal(ofFile.Json.GetProperty("precision@5").GetDouble(), ofStore.Json.GetProperty("precision@5").GetDouble(), 0.005);
        Assert.Equal(ofFile.Json.GetProperty("map").GetDouble(), ofStore.Json.GetProperty("map").GetDouble(), 0.005);
        Assert.Equal(1, ofStore.Json.GetProperty("overlap@10").GetDouble(), 0.01);
        Assert.False(ofFile.Json.TryGetProperty("overlap@10", out _));

        var info = (await RunAsync("info", store, "--list", "3", "--json")).Json;
        Assert.Equal((60, 16, 3, 2, 3), (info.GetProperty("items").GetInt32(), info.GetProperty("dimensions").GetInt32(),
            info.GetProperty("clusters").GetInt32(), info.GetProperty("shards").GetArrayLength(),
            info.GetProperty("list").GetArrayLength()));
        Assert.Contains("shards              2, of ", (await RunAsync("info", store)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_PartsByWorkersOneOfThemKilled_MakeTheWhole()
    {
        Draw("photos", 90);
        var store = Address("parts");
        // The first makes the catalog; the second is killed while it works, and started again.
        Assert.Equal(0, (await IndexAsync("photos", "--to", store, "--part", "1/2")).ExitCode);
        using (var killed = StartIndex("photos", "--to", store, "--part", "2/2"))
        {
            await Task.Delay(1500, Token);
            killed.Kill();
        }
        Draw("photos", 40, seed: 77);
        var photos = Directory.GetFiles(PathOf("photos"), "*.jpg", SearchOption.AllDirectories).Length;
        var runs = await Task.WhenAll(Enumerable.Range(1, 2).Select(part =>
            IndexAsync("photos", "--to", store, "--part", FormattableString.Invariant($"{part}/2"), "--json")));
        Assert.All(runs, run => Assert.Equal((0, ""), (run.ExitCode, WithoutProgress(run.Error))));
        Assert.Equal(photos, (await RunAsync("info", store, "--json")).Json.GetProperty("items").GetInt32());
        var again = await IndexAsync("photos", "--to", store, "--json");
        Assert.Equal((0, photos), (again.Json.GetProperty("computed").GetInt32(), again.Json.GetProperty("reused").GetInt32()));
    }

    [Fact]
    public async Task Move_IntoAStoreAndBack_TheSameCatalogWithoutItsPhotos()
    {
        Draw("photos", 30);
        var store = Address("moved");
        Assert.Equal(0, (await IndexAsync("photos", "-o", "shop.imagerec", "--learn")).ExitCode);
        File.Copy(PathOf(Photo), PathOf("query.jpg"));
        var before = await RunAsync("query", "shop.imagerec", "query.jpg", "-k", "10", "--json");
        Directory.Delete(PathOf("photos"), recursive: true);

        var there = await RunAsync("move", "shop.imagerec", store, "--json");
        Assert.Equal((0, 30, store),
            (there.ExitCode, there.Json.GetProperty("items").GetInt32(), there.Json.GetProperty("to").GetString()));
        var back = await RunAsync("move", store, "back.imagerec");
        Assert.Equal(0, back.ExitCode);
        Assert.Contains($"30 items in {PathOf("back.imagerec")}. '{store}' is as it was.", back.Out, StringComparison.Ordinal);

        foreach (var place in new[] { store, "back.imagerec" })
        {
            var after = await RunAsync("query", place, "query.jpg", "-k", "10", "--json");
            Assert.Equal(Ids(before), Ids(after));
        }
        Assert.Equal(0, (await RunAsync("classify", "back.imagerec", "query.jpg")).ExitCode);
        // Never over what is there.
        Assert.Contains("There is a catalog in", (await RunAsync("move", store, "shop.imagerec")).Error, StringComparison.Ordinal);
        Assert.Contains("There is a catalog 'moved' already.", (await RunAsync("move", "shop.imagerec", store)).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_FromAStoreAndFromAFile_TakesItemsOut()
    {
        Draw("photos", 20);
        var store = Address("removed");
        Assert.Equal(0, (await IndexAsync("photos", "--to", store)).ExitCode);
        Assert.Equal(0, (await IndexAsync("photos", "-o", "shop.imagerec")).ExitCode);
        foreach (var place in new[] { store, "shop.imagerec" })
        {
            var run = await RunAsync("remove", place, "hat/hat-001.jpg", "none.jpg", "--json");
            Assert.Equal((0, 1, 19),
                (run.ExitCode, run.Json.GetProperty("removed").GetInt32(), run.Json.GetProperty("items").GetInt32()));
            Assert.Equal("0 removed, 19 items left", (await RunAsync("remove", place, "hat/hat-001.jpg")).Out.Trim());
            Assert.DoesNotContain("hat/hat-001.jpg", Ids(await RunAsync("query", place, Photo, "-k", "30", "--json")));
        }
    }

    [Fact]
    public async Task Commands_WrongAddresses_SayWhatToGive()
    {
        Draw("photos", 3);
        foreach (var (line, code, expected) in new[]
        {
            ("index photos --to redis://localhost", 2, "'redis://localhost' is no address of a catalog: it names no catalog."),
            ("index photos --to http://localhost/shop", 2, "it does not begin with redis:// or rediss://"),
            ("index photos --to redis://me:secret@localhost", 2, "'redis://...@localhost' is no address of a catalog"),
            ("index photos -o x --to redis://localhost/shop", 2, "give one of them"),
            ("index photos -o x --part 1/2", 2, "--part and --shards are about a shared catalog"),
            ("index photos --to redis://localhost/shop --part 3/2", 2, "--part is N/M with N from 1 to M, such as 2/8; not '3/2'."),
            ("index photos", 2, "-o FILE or --to STORE is missing"),
            ("move a.imagerec b.imagerec", 2, "Both are files; copy the file."),
            ("move redis://a/a redis://b/b", 2, "Both are addresses"),
            ("remove shop.imagerec", 2, "ID is missing."),
            ($"info {Address("none")}", 1,
                "There is no shared catalog 'none' in this store. Make one by 'imagerec index --to', or give the name it was made under."),
            ("info redis://127.0.0.1:1/shop", 1, "none of the servers 127.0.0.1:1 can be reached"),
        })
        {
            var run = await RunAsync(line.Split(' '));
            Assert.Equal((code, ""), (run.ExitCode, run.Out));
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
        }
    }

    private string Address(string name) => $"redis://{server.Address}/{name}";

    private static List<string> Ids(ToolRun run) =>
        [.. run.Json.EnumerateArray().Select(answer => answer.GetProperty("id").GetString()!)];

    private static string WithoutProgress(string error) =>
        string.Join('\n', error.Split('\n').Where(line => line.StartsWith("imagerec:", StringComparison.Ordinal)));
}
