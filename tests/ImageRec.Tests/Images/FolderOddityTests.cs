using System.Diagnostics;

namespace ImageRec.Tests.Images;

/// <summary>Folders as they are met: what cannot be reached is listed with the reason, and never ends the reading.</summary>
public sealed class FolderOddityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        // What a test put beyond the reach of .NET, such as names that are not UTF-8, rm can delete.
        if (!OperatingSystem.IsWindows())
            Shell("chmod -R u+rwx . && find . -mindepth 1 -delete");
        _folder.Dispose();
    }

    [Theory]
    [InlineData(".jfif")]
    [InlineData(".JPE")]
    [InlineData(".tif")]
    [InlineData(".TIFF")]
    [InlineData(".heic")]
    [InlineData(".heif")]
    [InlineData(".avif")]
    [InlineData(".jxl")]
    [InlineData(".svg")]
    [InlineData(".ico")]
    [InlineData(".wbmp")]
    [InlineData(".dng")]
    public void FromFolder_EveryEndingOfAPicture_IsTaken(string ending)
    {
        _folder.Write("a" + ending, "x");

        Assert.Equal(["a" + ending], Ids());
    }

    [Theory]
    [InlineData("a.heic", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "HEIC")]
    [InlineData("a.avif", "\0\0\0\u0018ftypavif\0\0\0\0mif1avif", "AVIF")]
    [InlineData("a.tif", "II*\0\u0008\0\0\0\0\0\0\0\0\0\0\0", "TIFF")]
    [InlineData("a.jxl", "\0\0\0\u000CJXL \r\n\u0087\n\0\0\0\u0014ftypjxl ", "JPEG XL")]
    [InlineData("b.jxl", "\u00FF\u000A\u00FA\u007F\u0001\u0090\u0008\u0006\u0001\0\u0058\0", "JPEG XL")]
    [InlineData("a.jp2", "\0\0\0\u000CjP  \r\n\u0087\n\0\0\0\u0014ftypjp2 ", "JPEG 2000")]
    [InlineData("a.svg",
        "<?xml version=\"1.0\"?>\n<!-- drawn by hand, for the shop of long comments -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "SVG")]
    [InlineData("a.psd", "8BPS\0\u0001\0\0\0\0\0\0\0\u0003\0\0", "Photoshop")]
    public async Task Build_PictureOfAFormatThatIsNotDecoded_IsListedWithFormatAndAdvice(string name, string content, string format)
    {
        _folder.Write(name, System.Text.Encoding.Latin1.GetBytes(content));
        _folder.Write("ok.gif", PictureFiles.OnePixelGif);

        var unreadable = await UnreadableAsync();

        var item = Assert.Single(unreadable);
        Assert.Equal(name, item.Id);
        Assert.Contains(format, item.Reason, StringComparison.Ordinal);
        Assert.Contains("Convert it", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromFolder_FolderThatMayNotBeRead_IsListedAndTheOthersAreTaken()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("This user may read everything.");
            return;
        }
        _folder.Write("open/1.jpg", "x");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "closed"), UnixFileMode.None);

        Assert.Equal(["closed", "open/1.jpg"], Ids());
        Assert.Contains("'closed' cannot be read", await ReasonAsync("closed"), StringComparison.Ordinal);
    }

    [Fact]
    public void FromFolder_RootThatMayNotBeRead_IsAnError()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("This user may read everything.");
            return;
        }
        var closed = Directory.CreateDirectory(Path.Combine(_folder.Path, "closed"), UnixFileMode.None).FullName;

        var error = Assert.Throws<CatalogException>(() => ImageCatalog.FromFolder(closed).Entries.ToList());

        Assert.Contains(closed, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromFolder_TooDeepAFolder_IsListedAndTheOthersAreTaken()
    {
        OnUnix();
        _folder.Write("shallow.jpg", "x");
        // Each half can be named, both together cannot.
        var half = string.Join('/', Enumerable.Repeat(new string('d', 200), 15));
        Shell($"mkdir -p {half} lower/{half}; echo x >lower/{half}/deep.jpg; mv lower {half}");

        var ids = Ids();

        Assert.Equal(2, ids.Count);
        Assert.Equal("shallow.jpg", ids[1]);
        Assert.Contains("cannot be read", await ReasonAsync(ids[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromFolder_NamesThatAreNotUtf8_AreListedOnceEach()
    {
        OnUnix();
        _folder.Write("ok.jpg", "x");
        Shell("""
            echo x >"$(printf 'M\374ller.jpg')"; echo x >"$(printf 'M\366ller.jpg')"
            mkdir "$(printf 'G\366tter')"; echo x >"$(printf 'G\366tter/1.jpg')"; echo x >"$(printf 'Text\366.txt')"
            """);

        Assert.Equal(["G\uFFFDtter", "M\uFFFDller.jpg", "M\uFFFDller.jpg (2)", "ok.jpg"], Ids());
        foreach (var id in Ids()[..3])
            Assert.Contains("not UTF-8", await ReasonAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromFolder_NameThatReallyHoldsTheReplacementCharacter_IsRead()
    {
        _folder.Write("M\uFFFDller.jpg", "x");

        Assert.Equal(["M\uFFFDller.jpg"], Ids());
        Assert.Null(await ReasonAsync("M\uFFFDller.jpg"));
    }

    [Fact]
    public async Task FromFolder_BrokenLinks_AreListed()
    {
        _folder.Write("1.jpg", "x");
        File.CreateSymbolicLink(At("gone.jpg"), At("nowhere.jpg"));
        File.CreateSymbolicLink(At("circle.jpg"), At("circle.jpg"));
        Directory.CreateSymbolicLink(At("season"), At("not-mounted"));
        File.CreateSymbolicLink(At("notes.txt"), At("nowhere.txt"));

        Assert.Equal(["1.jpg", "circle.jpg", "gone.jpg", "season"], Ids());
        Assert.NotNull(await ReasonAsync("gone.jpg"));
        Assert.NotNull(await ReasonAsync("circle.jpg"));
        Assert.Contains("not-mounted', which is not there", await ReasonAsync("season"), StringComparison.Ordinal);
    }

    [Fact]
    public void FromFolder_NameWithALineBreak_IsTaken()
    {
        OnUnix();
        _folder.Write("a\nb.jpg", "x");

        Assert.Equal(["a\nb.jpg"], Ids());
    }

    [Fact]
    public void FromFolder_NamesThatDifferInNormalization_AreDifferentFiles()
    {
        OnUnix();
        _folder.Write("\u00E9.jpg", "x");
        _folder.Write("e\u0301.jpg", "x");

        Assert.Equal(["e\u0301.jpg", "\u00E9.jpg"], Ids());
    }

    [Fact]
    public void FromFolder_APipeNamedLikeAPicture_IsNotOpened()
    {
        OnUnix();
        Shell("mkfifo pipe.jpg");

        Assert.Equal(["pipe.jpg"], Ids());
    }

    [Theory]
    [InlineData("real")]
    [InlineData("zreal")]
    public void FromFolder_FolderAndLinksToIt_AreNamedByTheFolder(string name)
    {
        for (var i = 0; i < 20; i++)
            Directory.CreateSymbolicLink(At($"m{i}"), At($"{name}{i}"));
        for (var i = 0; i < 20; i++)
            _folder.Write($"{name}{i}/p.jpg", "x");
        Directory.CreateSymbolicLink(At("alias"), _folder.Path);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{name}{i}/p.jpg").Order(StringComparer.Ordinal), Ids());
    }

    [Fact]
    public void FromFolder_LinkAboveItsTargetInTheTree_LeavesTheNamesToTheFolder()
    {
        _folder.Write("b/deep/p.jpg", "x");
        Directory.CreateSymbolicLink(At("a"), At("b/deep"));

        Assert.Equal(["b/deep/p.jpg"], Ids());
    }

    [Fact]
    public void FromFolder_SeveralLinksToOneFolderElsewhere_TheOrdinalFirstNamesIt()
    {
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("inner/1.jpg", "x");
        using var second = new TemporaryFolder();
        Directory.CreateSymbolicLink(Path.Combine(second.Path, "m"), elsewhere.Path);
        foreach (var name in new[] { "z", "b", "c" })
            Directory.CreateSymbolicLink(At(name), elsewhere.Path);
        // Through it the same folder is reached by a name before the others.
        Directory.CreateSymbolicLink(At("a"), second.Path);

        Assert.Equal(["a/m/inner/1.jpg"], Ids());
    }

    [Fact]
    public void FromFolder_LinkToAFolderByWayOfALinkedFolder_IsRecognized()
    {
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("photos/1.jpg", "x");
        using var second = new TemporaryFolder();
        Directory.CreateSymbolicLink(Path.Combine(second.Path, "way"), elsewhere.Path);
        Directory.CreateSymbolicLink(Path.Combine(second.Path, "short"), Path.Combine(second.Path, "way", "photos"));
        Directory.CreateSymbolicLink(At("a"), Path.Combine(second.Path, "short"));
        Directory.CreateSymbolicLink(At("b"), Path.Combine(elsewhere.Path, "photos"));

        Assert.Equal(["a/1.jpg"], Ids());
    }

    [Fact]
    public void FromFolder_LinkToAFolderAbove_IsLeftOut()
    {
        _folder.Write("beside.jpg", "x");
        _folder.Write("photos/1.jpg", "x");
        Directory.CreateSymbolicLink(At("photos/up"), _folder.Path);
        Directory.CreateSymbolicLink(At("photos/top"), "/");

        Assert.Equal(["1.jpg"], ImageCatalog.FromFolder(At("photos")).Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void FromFolder_FolderGivenByALink_IsRead()
    {
        _folder.Write("photos/a/1.jpg", "x");
        Directory.CreateSymbolicLink(At("photos/a/up"), At("photos"));
        Directory.CreateSymbolicLink(At("way"), At("photos"));

        Assert.Equal(["a/1.jpg"], ImageCatalog.FromFolder(At("way")).Entries.Select(entry => entry.Id));
    }

    private static void OnUnix() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows allows no such names.");

    private string At(string name) => Path.Combine(_folder.Path, name);

    private List<string> Ids() => [.. ImageCatalog.FromFolder(_folder.Path).Entries.Select(entry => entry.Id)];

    private async Task<string?> ReasonAsync(string id)
    {
        var entry = ImageCatalog.FromFolder(_folder.Path).Entries.Single(entry => entry.Id == id);
        var error = await Record.ExceptionAsync(async () => await entry.Image.ReadAsync(cancellationToken: Token));
        error.AssertNullOrUnreadable();
        return error?.Message;
    }

    private async Task<IReadOnlyList<UnreadableItem>> UnreadableAsync()
    {
        await using var engine = await new RecommenderBuilder().BuildAsync(ImageCatalog.FromFolder(_folder.Path), cancellationToken: Token);
        return engine.Report!.Unreadable;
    }

    private void Shell(string commands)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", commands]) { WorkingDirectory = _folder.Path })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
