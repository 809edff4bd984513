namespace ImageRec.Tests.Tool;

/// <summary>One catalog of 60 photos, asked in many ways.</summary>
public class QueryTests(IndexedShop shop) : IClassFixture<IndexedShop>
{
    [Fact]
    public async Task Query_Json_IsAnArrayOfIdScoreCategory()
    {
        var run = await shop.RunAsync("query", "shop.imagerec", shop.Photo, "-k", "5", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(5, run.Json.GetArrayLength());
        Assert.All(run.Json.EnumerateArray(),
            answer => Assert.Equal(["id", "score", "category"], answer.EnumerateObject().Select(property => property.Name)));
        Assert.Equal(1, run.Json[0].GetProperty("score").GetDouble());
        Assert.StartsWith("hat/", run.Json[0].GetProperty("id").GetString());
        var scores = run.Json.EnumerateArray().Select(answer => answer.GetProperty("score").GetDouble()).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public async Task Query_ForPeople_OneLineAnAnswer()
    {
        var run = await shop.RunAsync("query", "shop.imagerec", shop.Photo, "-k", "3");

        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("1.000  hat/", lines[0]);
        Assert.EndsWith("[hat]  same picture", lines[0]);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Query_Html_WritesOnePageWithEveryPictureInside()
    {
        var run = await shop.RunAsync("query", "shop.imagerec", shop.Photo, "-k", "4", "--html", "answers.html");

        var page = File.ReadAllText(shop.PathOf("answers.html"));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(5, page.Split("<img class=\"photo\" src=\"data:image/jpeg;base64,").Length - 1);
        Assert.Equal(5, page.Split("<img").Length - 1);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page);
    }

    [Fact]
    public async Task Query_Category_OnlyThatCategory()
    {
        var run = await shop.RunAsync("query", "shop.imagerec", shop.Photo, "-k", "4", "--category", "Mug", "--json");

        Assert.Equal(["mug", "mug", "mug", "mug"], run.Json.EnumerateArray().Select(answer => answer.GetProperty("category").GetString()));
    }

    [Fact]
    public async Task Query_UnknownCategory_FailsAndListsThem()
    {
        var run = await shop.RunAsync("query", "shop.imagerec", shop.Photo, "--category", "mugs", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'mugs'", run.Error);
        Assert.Contains("lamp, mug, shirt", run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Query_MinScoreThatOnlyItselfReaches_OneAnswer()
    {
        var run = await shop.RunAsync("query", "shop.imagerec", shop.Photo, "--min-score", "0.99999", "--json");

        Assert.Equal(1, run.Json.GetArrayLength());
    }

    [Fact]
    public async Task Query_UnderACultureWithADecimalComma_ReadsAndWritesNumbersAlike()
    {
        var run = await shop.RunUnderAsync("de_DE.UTF-8", "query", "shop.imagerec", shop.Photo, "--min-score", "0.99999", "--json");

        Assert.Equal((0, 1), (run.ExitCode, run.Json.GetArrayLength()));
    }

    [Fact]
    public async Task Query_Region_IsAnotherPictureThanTheWhole()
    {
        var run = await shop.RunAsync("query", "shop.imagerec", shop.Photo, "--region", "0,0,1,0.9", "-k", "60", "--html", "part.html");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("same picture", run.Out);
        Assert.Contains("hat/hat-001.jpg", run.Out);
        Assert.Contains("<img class=\"photo\"", File.ReadAllText(shop.PathOf("part.html")));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("classify")]
    public async Task Query_NoRegion_ExitsWith2AndSaysWhatOneIs(string command)
    {
        var run = await shop.RunAsync(command, "shop.imagerec", shop.Photo, "--region", "0.5,0,0.8,1");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("not '0.5,0,0.8,1'", run.Error);
        Assert.Contains("in fractions of the upright picture", run.Error);
    }

    [Theory]
    [InlineData("-k", "0")]
    [InlineData("-k", "many")]
    [InlineData("--min-score", "2")]
    [InlineData("--color", "red")]
    public async Task Query_WrongOption_ExitsWith2AndNamesIt(string option, string value)
    {
        var run = await shop.RunAsync("query", "shop.imagerec", shop.Photo, option, value, "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(option, run.Error);
        Assert.Contains("imagerec query --help", run.Error);
        Assert.Equal("", run.Out);
    }

    [Theory]
    [InlineData("shop.imagerec", "nothing.jpg", "there is no such file")]
    [InlineData("shop.imagerec", "broken.jpg", "broken.jpg")]
    [InlineData("nothing.imagerec", "broken.jpg", "There is no catalog file")]
    [InlineData("broken.jpg", "broken.jpg", "is not a catalog file")]
    public async Task Query_FileOrPhotoThatCannotBeUsed_ExitsWith1AndSaysWhy(string file, string photo, string reason)
    {
        File.WriteAllText(shop.PathOf("broken.jpg"), "these are words, not a photo");

        var run = await shop.RunAsync("query", file, photo, "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Info_Json_HasTheAgreedKeys()
    {
        var run = await shop.RunAsync("info", "shop.imagerec", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(60, run.Json.GetProperty("items").GetInt32());
        Assert.Equal(32, run.Json.GetProperty("dimensions").GetInt32());
        Assert.True(run.Json.GetProperty("clusters").GetInt32() > 1);
        Assert.Contains("-> pca(32) ->", run.Json.GetProperty("pipeline").GetString());
        Assert.InRange(run.Json.GetProperty("explained_variance").GetDouble(), 0.3, 1);
        Assert.Equal(new FileInfo(shop.PathOf("shop.imagerec")).Length, run.Json.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task Evaluate_PhotosOfTheSameKinds_HasTheAgreedKeysAndGoodFigures()
    {
        shop.Draw("validation", 36, seed: 2);

        var run = await shop.RunAsync("evaluate", "shop.imagerec", "--queries", "validation", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(36, run.Json.GetProperty("queries").GetInt32());
        foreach (var key in new[] { "precision@1", "precision@5", "precision@10", "map", "accuracy", "ndcg@10" })
        {
            var figure = run.Json.GetProperty(key).GetDouble();
            Assert.InRange(figure, 0.15, 1);
            var interval = run.Json.GetProperty("intervals").GetProperty(key);
            Assert.InRange(figure, interval[0].GetDouble(), interval[1].GetDouble());
        }
        Assert.Equal(System.Text.Json.JsonValueKind.Null, run.Json.GetProperty("calibration_error").ValueKind);
        Assert.True(run.Json.GetProperty("ms_per_query").GetDouble() > 0);
    }

    [Fact]
    public async Task Evaluate_QueriesOfOtherCategories_FailsAndNamesBoth()
    {
        Directory.CreateDirectory(shop.PathOf("other/teapot"));
        File.WriteAllBytes(shop.PathOf("other/teapot/1.jpg"), IndexedShop.AnyPhoto());

        var run = await shop.RunAsync("evaluate", "shop.imagerec", "--queries", "other", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'teapot'", run.Error);
        Assert.Contains("'mug'", run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Query_IntoAPipeThatCloses_EndsQuietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell.");
        var run = await shop.RunScriptAsync($"$imagerec query shop.imagerec {shop.Photo} -k 60 | head -1; echo ${{PIPESTATUS[0]}}; "
            + $"$imagerec query shop.imagerec {shop.Photo} | true; echo ${{PIPESTATUS[0]}}");

        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("1.000  hat/", lines[0]);
        Assert.Equal(["0", "0"], lines[1..]);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Query_IntoAFullDisk_FailsWithASentence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full.");
        var run = await shop.RunScriptAsync($"$imagerec query shop.imagerec {shop.Photo} > /dev/full; echo $?");

        Assert.Equal("1\n", run.Out);
        Assert.StartsWith("imagerec: ", run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }

    [Fact]
    public async Task AnyCommand_Redirected_PrintsNoControlCodes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell.");
        var run = await shop.RunScriptAsync(
            $"export TERM=xterm-256color; $imagerec query shop.imagerec {shop.Photo}; $imagerec info shop.imagerec; $imagerec evaluate "
            + "shop.imagerec; $imagerec report shop.imagerec -o page.html; $imagerec query");

        Assert.DoesNotContain('\u001b', run.Out + run.Error);
        Assert.Contains("page.html", run.Out);
    }

    [Fact]
    public async Task Query_TerminalWithoutUnicode_StillAnswers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sets the locale by LC_ALL.");
        var run = await shop.RunScriptAsync($"LC_ALL=POSIX $imagerec query shop.imagerec {shop.Photo} -k 1; LC_ALL=en_US.ISO-8859-1 "
            + $"$imagerec query shop.imagerec {shop.Photo} -k 1 --json");

        Assert.StartsWith("1.000  hat/", run.Out);
        Assert.Equal("", run.Error);
    }
}
