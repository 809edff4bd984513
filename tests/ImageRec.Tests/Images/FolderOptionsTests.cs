using ImageRec.Images;

namespace ImageRec.Tests.Images;

public sealed class FolderOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromFolder_WhatSystemsKeepBesidePhotos_IsLeftOut()
    {
        foreach (var folder in new[] { "@eaDir", "@Recycle", "#recycle", "#snapshot", "$RECYCLE.BIN", "$Recycle.Bin",
            "System Volume Information", "__MACOSX", ".thumbnails", ".git" })
        {
            _folder.Write($"{folder}/1.jpg", "x");
            _folder.Write($"shoes/{folder}/inner/1.jpg", "x");
        }
        _folder.Write("shoes/._1.jpg", "x");
        _folder.Write("shoes/1.jpg", "x");

        Assert.Equal(["shoes/1.jpg"], Ids(_ => { }));
    }

    [Theory]
    [InlineData("drafts", "a/drafts/1.jpg drafts/1.jpg")]
    [InlineData("DRAFTS/", "a/drafts/1.jpg drafts/1.jpg")]
    [InlineData("*_thumb.*", "a/1_thumb.jpg a/b/1_thumb.png")]
    [InlineData("1.jp?", "a/b/c/1.jpg a/drafts/1.jpg drafts/1.jpg top/1.jpg")]
    [InlineData("a/drafts", "a/drafts/1.jpg")]
    [InlineData("/drafts", "drafts/1.jpg")]
    [InlineData("./drafts", "drafts/1.jpg")]
    [InlineData("a\\drafts", "a/drafts/1.jpg")]
    [InlineData("a/*/1*.*", "a/b/1_thumb.png a/drafts/1.jpg")]
    [InlineData("a/**/1.jpg", "a/b/c/1.jpg a/drafts/1.jpg")]
    [InlineData("**/b", "a/b/1_thumb.png a/b/c/1.jpg")]
    [InlineData("**/drafts/**", "a/drafts/1.jpg drafts/1.jpg")]
    [InlineData("1.jpg/", "")]
    [InlineData("nothing", "")]
    public void FromFolder_APattern_LeavesOutWhatItNames(string pattern, string left)
    {
        string[] all = ["a/1_thumb.jpg", "a/b/1_thumb.png", "a/b/c/1.jpg", "a/drafts/1.jpg", "drafts/1.jpg", "top/1.jpg"];
        foreach (var name in all)
            _folder.Write(name, "x");

        var ids = Ids(options => options.Exclude.Add(pattern));

        Assert.Equal(left.Split(' ', StringSplitOptions.RemoveEmptyEntries), all.Except(ids));
    }

    [Fact]
    public void FromFolder_APatternRemoved_TakesWhatItNamed()
    {
        _folder.Write(".hidden/1.jpg", "x");
        _folder.Write("__MACOSX/._1.jpg", "x");

        Assert.Equal([".hidden/1.jpg"], Ids(options => options.Exclude.Remove(".*")));
        Assert.Equal([".hidden/1.jpg", "__MACOSX/._1.jpg"], Ids(options => options.Exclude.Clear()));
    }

    [Fact]
    public void FromFolder_OptionsChangedLater_CountNoMore()
    {
        _folder.Write("a.jpg", "x");
        FolderOptions? kept = null;
        var catalog = ImageCatalog.FromFolder(_folder.Path, options => kept = options);

        kept!.Exclude.Add("a.jpg");

        Assert.Single(catalog.Entries);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" / ")]
    [InlineData(null)]
    public void FromFolder_APatternThatNamesNothing_IsAnErrorAtOnce(string? pattern)
    {
        var error = Assert.Throws<ArgumentException>(() => ImageCatalog.FromFolder(_folder.Path, options => options.Exclude.Add(pattern!)));

        Assert.Contains("Exclude", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matches_ManyStars_TakesNoTime()
    {
        var pattern = new ExcludePattern(string.Concat(Enumerable.Repeat("**/*a*/", 30)) + "end");

        Assert.False(pattern.Matches(string.Join('/', Enumerable.Repeat("aaaaaaaaaa", 200)), isFolder: false));
    }

    private List<string> Ids(Action<FolderOptions> configure) =>
        [.. ImageCatalog.FromFolder(_folder.Path, configure).Entries.Select(entry => entry.Id)];
}
