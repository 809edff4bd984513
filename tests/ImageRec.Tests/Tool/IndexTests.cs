using System.Text.Json;

namespace ImageRec.Tests.Tool;

public class IndexTests : ToolTest
{
    [Fact]
    public async Task Index_FolderOfPhotos_SaysWhatItDid()
    {
        Draw("photos", 36);
        File.WriteAllText(PathOf("photos/note.jpg"), "not a photo");

        var run = await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "16", "--clusters", "4");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("36 items in", run.Out);
        Assert.Contains("-> pca(16) -> k-means(4) -> cosine", run.Out);
        Assert.Contains("36 computed, 0 unchanged, 0 removed, 1 unreadable", run.Out);
        Assert.Contains("note.jpg: ", run.Out);
        Assert.Contains("photos/s", run.Out);
    }

    [Fact]
    public async Task Index_Json_PrintsOnlyJson()
    {
        Draw("photos", 12);

        var run = await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "none", "--clusters", "0", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(PathOf("shop.imagerec"), run.Json.GetProperty("file").GetString());
        Assert.Equal(12, run.Json.GetProperty("items").GetInt32());
        Assert.Equal(12, run.Json.GetProperty("computed").GetInt32());
        Assert.Equal(JsonValueKind.Array, run.Json.GetProperty("unreadable").ValueKind);
        Assert.EndsWith("-> none -> none -> cosine", run.Json.GetProperty("pipeline").GetString());
        Assert.True(run.Json.GetProperty("photos_per_second").GetDouble() > 0);
    }

    [Fact]
    public async Task Index_RunAgain_ComputesOnlyWhatChanged()
    {
        Draw("photos", 24);
        await IndexAsync("photos", "-o", "shop.imagerec");
        File.WriteAllBytes(PathOf("photos/extra.jpg"), DrawPhoto());
        File.Delete(Directory.GetFiles(PathOf("photos/hat"))[0]);

        var run = await IndexAsync("photos", "-o", "shop.imagerec", "--json");

        Assert.Equal(1, run.Json.GetProperty("computed").GetInt32());
        Assert.Equal(23, run.Json.GetProperty("reused").GetInt32());
        Assert.Equal(1, run.Json.GetProperty("removed").GetInt32());
        Assert.Equal(24, run.Json.GetProperty("items").GetInt32());
    }

    [Fact]
    public async Task Index_CsvInWindows1252_SaysHowItWasRead()
    {
        File.WriteAllBytes(PathOf("a.jpg"), DrawPhoto(1));
        File.WriteAllBytes(PathOf("shop.csv"), System.Text.Encoding.Latin1.GetBytes("id,path,category\nsku-1,a.jpg,R\u00F6cke\n"));

        var run = await IndexAsync("shop.csv", "-o", "shop.imagerec", "--dims", "none", "--clusters", "0");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("'shop.csv' is not UTF-8; it was read as Windows-1252.", run.Error);
    }

    [Fact]
    public async Task Index_CsvFile_TakesIdsAndCategoriesFromIt()
    {
        File.WriteAllBytes(PathOf("a.jpg"), DrawPhoto(1));
        File.WriteAllBytes(PathOf("b.jpg"), DrawPhoto(2));
        File.WriteAllText(PathOf("shop.csv"), "id,path,category,brand\nsku-1,a.jpg,mugs,Tamarin\nsku-2,b.jpg,mugs,Loomwell\n");

        var index = await IndexAsync("shop.csv", "-o", "shop.imagerec");
        var query = await RunAsync("query", "shop.imagerec", "b.jpg", "-k", "1", "--json");

        Assert.Equal(0, index.ExitCode);
        Assert.Equal("sku-2", query.Json[0].GetProperty("id").GetString());
        Assert.Equal("mugs", query.Json[0].GetProperty("category").GetString());
    }

    [Fact]
    public async Task Index_SameSeedTwice_SameFileContent()
    {
        Draw("photos", 60);

        await IndexAsync("photos", "-o", "one.imagerec", "--seed", "9", "--dims", "16");
        await IndexAsync("photos", "-o", "two.imagerec", "--seed", "9", "--dims", "16");

        Assert.Equal(Dump("one.imagerec"), Dump("two.imagerec"));
    }

    [Fact]
    public async Task Index_OtherSettingsOnSameFile_FailsAndNamesBoth()
    {
        Draw("photos", 24);
        await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "16");

        var run = await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "8");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("pca(16), not pca(8)", run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Index_MoreDimensionsThanTheNetworkGives_FailsAtOnceAndTheFileStaysFree()
    {
        Draw("photos", 12);

        var wrong = await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "500");
        var right = await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "16");

        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("500 dimensions were asked for; the extractor's embeddings have 192", wrong.Error);
        Assert.Contains("Ask for at most 192.", wrong.Error);
        Assert.DoesNotContain("columns", wrong.Error);
        Assert.DoesNotContain("Reading photos", wrong.Error);
        Assert.Equal(0, right.ExitCode);
    }

    [Fact]
    public async Task Classify_CatalogThatHasLearned_ListsAllCategoriesMostProbableFirst()
    {
        Draw("photos", 120);
        var index = await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "32", "--learn", "--json");

        var run = await RunAsync("classify", "shop.imagerec", "photos/mug/mug-001.jpg", "--json");

        Assert.InRange(index.Json.GetProperty("category_accuracy").GetDouble(), 0.3, 1);
        Assert.Equal(12, run.Json.GetArrayLength());
        var probabilities = run.Json.EnumerateArray().Select(answer => answer.GetProperty("probability").GetDouble()).ToList();
        Assert.Equal(probabilities.OrderDescending(), probabilities);
        Assert.Equal(1, probabilities.Sum(), 3);
        Assert.NotEmpty(run.Json[0].GetProperty("category").GetString()!);
    }

    [Fact]
    public async Task Index_Learn_SaysWhatItsAccuracyIsOf()
    {
        Draw("photos", 120);
        var run = await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "32", "--learn");
        Assert.Matches(
            @"predicts the category of \d+\.\d % of photos correctly, measured on products that it has not learned from", run.Out);
        Assert.DoesNotContain("not known", run.Out);
    }

    [Fact]
    public async Task Classify_CatalogThatHasNotLearned_FailsAndSaysHowTo()
    {
        Draw("photos", 12);
        await IndexAsync("photos", "-o", "shop.imagerec");

        var run = await RunAsync("classify", "shop.imagerec", "photos/mug/mug-001.jpg");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--learn", run.Error);
    }

    [Fact]
    public async Task Index_LearnWithARandomForest_SaysSoAndKeepsLongerRows()
    {
        Draw("photos", 60);

        var index = await IndexAsync("photos", "-o", "shop.imagerec", "--learn", "--trainer", "random-forest", "--json");

        var pipeline = index.Json.GetProperty("pipeline").GetString();
        Assert.Contains("pca(192)", pipeline);
        Assert.Contains("random-forest", pipeline);
    }

    [Theory]
    [InlineData("There is no trainer 'svm'; there are kernel-ridge, max-entropy and random-forest.", "--learn", "--trainer", "svm")]
    [InlineData("give --learn too", "--trainer", "random-forest")]
    public async Task Index_WrongTrainer_ExitsWith2AndSaysWhatIsRight(string message, params string[] options)
    {
        Draw("photos", 12);

        var index = await IndexAsync(["photos", "-o", "shop.imagerec", .. options]);

        Assert.Equal(2, index.ExitCode);
        Assert.Contains(message, index.Error);
    }
}
