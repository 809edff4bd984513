namespace ImageRec.Tests.Images;

public sealed class FolderCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromFolder_NestedPictures_AreInOrdinalOrderWithIdAndCategory()
    {
        _folder.Write("shoes/b.jpg", "x");
        _folder.Write("shoes/Zebra.JPG", "x");
        _folder.Write("shoes/red/a.webp", "x");
        _folder.Write("root.png", "x");

        var entries = ImageCatalog.FromFolder(_folder.Path).Entries.ToList();

        Assert.Equal(["root.png", "shoes/Zebra.JPG", "shoes/b.jpg", "shoes/red/a.webp"], entries.Select(entry => entry.Id));
        Assert.Equal([null, "shoes", "shoes", "red"], entries.Select(entry => entry.Category));
        Assert.All(entries, entry => Assert.Equal((entry.Id, entry.Category), (entry.Item.Id, entry.Item.Category)));
        Assert.Equal(Path.Combine(_folder.Path, "root.png"), entries[0].Item.Path);
    }

    [Fact]
    public async Task FromFolder_APicture_ReadsItsFile()
    {
        _folder.Write("a/b.gif", PictureFiles.OnePixelGif);

        var entry = Assert.Single(ImageCatalog.FromFolder(_folder.Path).Entries);

        var bytes = await entry.Image.ReadAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(PictureFiles.OnePixelGif, bytes.ToArray());
    }

    [Fact]
    public void FromFolder_OtherFiles_AreLeftOut()
    {
        foreach (var name in new[] { "a.jpg", "b.JPEG", "c.png", "d.webp", "e.gif", "f.bmp", "g.txt", "h.pdf", "jpg", ".hidden.jpg",
            "._a.jpg", ".git/x.jpg" })
            _folder.Write(name, "x");

        var ids = ImageCatalog.FromFolder(_folder.Path).Entries.Select(entry => entry.Id);

        Assert.Equal(["a.jpg", "b.JPEG", "c.png", "d.webp", "e.gif", "f.bmp"], ids);
    }

    [Fact]
    public void FromFolder_UnicodeAndVeryLongNames_AreKept()
    {
        var name = new string('n', 196) + ".jpg";
        _folder.Write("обувь 鞋/ботинок 👞.jpg", "x");
        _folder.Write(name, "x");

        var ids = ImageCatalog.FromFolder(_folder.Path).Entries.Select(entry => entry.Id);

        Assert.Equal([name, "обувь 鞋/ботинок 👞.jpg"], ids);
    }

    [Fact]
    public void FromFolder_LinksInACircle_EndsAndFindsEachPictureOnce()
    {
        _folder.Write("a/1.jpg", "x");
        _folder.Write("b/2.jpg", "x");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "a", "up"), _folder.Path);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "b", "self"), Path.Combine(_folder.Path, "b", "self"));

        Assert.Equal(["a/1.jpg", "b/2.jpg"], ImageCatalog.FromFolder(_folder.Path).Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void FromFolder_LinkToAnotherFolder_IsFollowed()
    {
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("1.jpg", "x");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), elsewhere.Path);

        var entry = Assert.Single(ImageCatalog.FromFolder(_folder.Path).Entries);

        Assert.Equal(("link/1.jpg", "link"), (entry.Id, entry.Category));
    }

    [Fact]
    public void FromFolder_NoSuchFolder_SaysWhereItLooked()
    {
        var error = Assert.Throws<CatalogException>(() => ImageCatalog.FromFolder(Path.Combine(_folder.Path, "nowhere")).Entries.ToList());

        Assert.Contains("There is no folder", error.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFolder_AFile_PointsToFromCsv()
    {
        var error = Assert.Throws<CatalogException>(() => ImageCatalog.FromFolder(_folder.Write("list.csv", "id,path")).Entries.ToList());

        Assert.Contains("is a file, not a folder", error.Message, StringComparison.Ordinal);
        Assert.Contains("FromCsv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFolder_NoPicture_SaysWhatWasLookedForAndFound()
    {
        _folder.Write("notes.txt", "x");
        _folder.Write("deep/more.pdf", "x");

        var error = Assert.Throws<CatalogException>(() => ImageCatalog.FromFolder(_folder.Path).Entries.ToList());

        Assert.Contains("looked for .jpg, .jpeg", error.Message, StringComparison.Ordinal);
        Assert.Contains("; found 2 other files", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFolder_PictureAddedLater_IsThereWhenReadAgain()
    {
        _folder.Write("1.jpg", "x");
        var catalog = ImageCatalog.FromFolder(_folder.Path);
        Assert.Single(catalog.Entries);

        _folder.Write("2.jpg", "x");

        Assert.Equal(2, catalog.Entries.Count());
    }
}
