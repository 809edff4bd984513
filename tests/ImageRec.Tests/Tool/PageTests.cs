namespace ImageRec.Tests.Tool;

/// <summary>Pages that cannot be written are refused before any work.</summary>
public class PageTests(IndexedShop shop) : IClassFixture<IndexedShop>
{
    [Theory]
    [InlineData("missing/folder/x.html", "There is no folder")]
    [InlineData("photos", "is a folder; give the name of the page in it")]
    [InlineData("shop.imagerec", "is there and is no page")]
    [InlineData("photos/hat/hat-001.jpg", "is there and is no page")]
    public async Task ReportAndQuery_PageThatCannotBeWritten_IsRefusedBeforeTheWork(string page, string reason)
    {
        var before = File.Exists(shop.PathOf(page)) ? File.ReadAllBytes(shop.PathOf(page)) : null;
        foreach (var line in new string[][] { ["report", "shop.imagerec", "-o", page],
            ["query", "shop.imagerec", shop.Photo, "--html", page] })
        {
            var run = await shop.RunAsync(line);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains(reason, run.Error);
            Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal("", run.Out);
        }
        Assert.Equal(before, File.Exists(shop.PathOf(page)) ? File.ReadAllBytes(shop.PathOf(page)) : null);
    }

    [Fact]
    public async Task Report_PageThatMayNotBeWritten_IsRefusedBeforeTheWork()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "This user may write everything.");
        File.WriteAllText(shop.PathOf("locked.html"), "<p>");
        File.SetAttributes(shop.PathOf("locked.html"), FileAttributes.ReadOnly);

        var run = await shop.RunAsync("report", "shop.imagerec", "-o", "locked.html");

        File.SetAttributes(shop.PathOf("locked.html"), FileAttributes.Normal);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The page 'locked.html' cannot be written", run.Error);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ReportAndQuery_OutputOption_IsThePageInBothAndReplacesOne()
    {
        File.WriteAllText(shop.PathOf("old.html"), "\n<!doctype html><p>old");
        File.WriteAllText(shop.PathOf("empty.html"), "");

        var report = await shop.RunAsync("report", "shop.imagerec", "--output", "old.html");
        var query = await shop.RunAsync("query", "shop.imagerec", shop.Photo, "-o", "empty.html");

        Assert.Equal((0, 0), (report.ExitCode, query.ExitCode));
        Assert.DoesNotContain("<p>old", File.ReadAllText(shop.PathOf("old.html")));
        Assert.Contains("Similar to hat-001.jpg", File.ReadAllText(shop.PathOf("empty.html")));
    }

    [Fact]
    public async Task Report_QueriesThatAreNotThere_AreMissedBeforeTheWork()
    {
        var run = await shop.RunAsync("report", "shop.imagerec", "-o", "r.html", "--queries", "photo");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("did you mean 'photos'?", run.Error);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(shop.PathOf("r.html")));
    }
}
