namespace ImageRec.Tests.Engine;

public class BuildReportTests
{
    [Fact]
    public void ToString_Always_SaysTheFiguresAndWhatCouldNotBeRead()
    {
        var report = new BuildReport
        {
            Items = 3068,
            Computed = 3000,
            Reused = 68,
            Removed = 2,
            Unreadable = [.. Enumerable.Range(1, 7).Select(i => new UnreadableItem($"photo-{i}", "It is cut off."))],
            Elapsed = TimeSpan.FromSeconds(39.2),
        };

        var text = report.ToString();

        Assert.StartsWith("3,068 items: 3,000 computed, 68 unchanged, 2 removed, 7 unreadable, 39.2 s", text);
        Assert.Contains("photo-5: It is cut off.", text);
        Assert.DoesNotContain("photo-6", text);
        Assert.EndsWith("and 2 more", text);
        Assert.DoesNotContain("List`1", text);
    }
}
