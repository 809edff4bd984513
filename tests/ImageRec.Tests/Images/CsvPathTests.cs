using System.Text;

namespace ImageRec.Tests.Images;

/// <summary>Paths written on one system and read on another.</summary>
public sealed class CsvPathTests : CsvFolder
{
    [Theory]
    [InlineData("img\\a.jpg", "img/a.jpg")]
    [InlineData("img\\sub\\c.jpg", "img/sub/c.jpg")]
    [InlineData(".\\img\\b.png", "img/b.png")]
    [InlineData("img/sub\\..\\a.jpg", "img/a.jpg")]
    [InlineData("img\\\u00E9to\u00E9\\d.jpg", "img/\u00E9to\u00E9/d.jpg")]
    [InlineData("img/e\u0301toe\u0301/d.jpg", "img/\u00E9to\u00E9/d.jpg")]
    [InlineData("img/e\u0301to\u00E9/d.jpg", "img/\u00E9to\u00E9/d.jpg")]
    [InlineData("img\\e\u0301toe\u0301\\d.jpg", "img/\u00E9to\u00E9/d.jpg")]
    [InlineData("img/nowhere/../a.jpg", "img/a.jpg")]
    public async Task FromCsv_PathInAnotherForm_FindsThePicture(string path, string picture) =>
        Assert.Equal($"1 - {picture}", await ReadAsync($"id,path\n1,{path}\n"));

    [Fact]
    public async Task FromCsv_ComposedPathAndDecomposedName_FindsThePicture()
    {
        Folder.Write("mac/u\u0308ber/o\u0308l.jpg", "mac");

        Assert.Equal("1 - mac\n2 - mac", await ReadAsync("id,path\n1,mac/\u00FCber/\u00F6l.jpg\n2,mac\\\u00FCber\\\u00F6l.jpg\n"));
    }

    [Fact]
    public async Task FromCsv_BothFormsOnDisk_EachPathFindsItsOwn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Names hold no backslash there, or are normalized.");
        Folder.Write("\u00E9.jpg", "composed");
        Folder.Write("e\u0301.jpg", "decomposed");
        Folder.Write("img\\a.jpg", "with a backslash");

        Assert.Equal("1 - composed\n2 - decomposed\n3 - with a backslash",
            await ReadAsync("id,path\n1,\u00E9.jpg\n2,e\u0301.jpg\n3,img\\a.jpg\n"));
    }

    [Fact]
    public void FromCsv_PathInAnotherForm_IsKnownByTheFile() =>
        Assert.Equal(Path.Combine(Folder.Path, "img", "a.jpg"), Assert.Single(Entries("id,path\n1,img\\a.jpg\n")).Item.Path);

    [Theory]
    [InlineData("https://shop.example/img/a.jpg")]
    [InlineData("HTTP://shop.example/a.jpg")]
    [InlineData("ftp://shop.example/a.jpg")]
    [InlineData("s3://bucket/a.jpg")]
    [InlineData("www.shop.example/a.jpg")]
    [InlineData("//cdn.shop.example/a.jpg")]
    public async Task FromCsv_WebAddress_IsUnreadableWithAdvice(string address)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && address.StartsWith("//", StringComparison.Ordinal), "A share there.");

        var reason = await ReasonAsync(address);

        Assert.Contains("web addresses are not read", reason, StringComparison.Ordinal);
        Assert.Contains(address, reason, StringComparison.Ordinal);
        Assert.Contains("FromStream", reason, StringComparison.Ordinal);
        Assert.Equal(address, Assert.Single(Entries($"id,path\n1,{address}\n")).Item.Path);
    }

    [Fact]
    public async Task FromCsv_PictureInThePath_IsUnreadableWithAdvice() =>
        Assert.Contains("FromBytes", await ReasonAsync("data:image/png;base64," + new string('A', 100_000)), StringComparison.Ordinal);

    [Fact]
    public async Task FromCsv_FileAddress_IsItsPath() =>
        Assert.Equal("1 - img/a.jpg", await ReadAsync($"id,path\n1,{new Uri(Path.Combine(Folder.Path, "img/a.jpg"))}\n"));

    [Theory]
    [InlineData("C:\\shop\\img\\a.jpg")]
    [InlineData("d:/shop/img/a.jpg")]
    [InlineData("C:\\shop\\\u00E9.jpg")]
    [InlineData("\\\\server\\share\\a.jpg")]
    public async Task FromCsv_WindowsPathElsewhere_IsUnreadableWithAdvice(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A path like any other there.");

        Assert.Contains("Windows computer", await ReasonAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromCsv_VeryLongPath_IsUnreadable() =>
        Assert.Contains("so long a name", await ReasonAsync(new string('x', 100_000)), StringComparison.Ordinal);

    [Fact]
    public async Task FromCsv_ManyMissingNamesInOneFolder_AreEachUnreadable()
    {
        var list = new StringBuilder("id,path\n");
        for (var i = 0; i < 2000; i++)
            list.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},img/\u00E9to\u00E9/nicht\u00F6{i}.jpg\n");

        Assert.All((await ReadAsync(list.ToString())).Split('\n'), line => Assert.EndsWith(" -", line, StringComparison.Ordinal));
    }
}
