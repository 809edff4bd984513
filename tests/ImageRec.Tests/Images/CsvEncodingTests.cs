using System.Text;

namespace ImageRec.Tests.Images;

/// <summary>Lists in the encodings that programs write, each decoded rightly or refused, never with replacement characters.</summary>
public sealed class CsvEncodingTests : CsvFolder
{
    private const string List =
        "id;path;category\r\nR\u00F6cke-1;img/\u00E9to\u00E9/d.jpg;R\u00F6cke\r\nR\u00FCcke-2;img/a.jpg;R\u00F6cke\r\n";
    private const string Read = "R\u00F6cke-1 R\u00F6cke img/\u00E9to\u00E9/d.jpg\nR\u00FCcke-2 R\u00F6cke img/a.jpg";

    private static readonly Encoding s_windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    public async Task FromCsv_Unicode_IsReadWithoutANote(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] list = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(List)];

        Assert.Equal(Read, await ReadAsync(list));
        Assert.Empty(Notes(list));
    }

    [Fact]
    public async Task FromCsv_Utf16WithHardlyAnyLatinLetters_IsRead()
    {
        var rows = Enumerable.Range(0, 200).Select(i => $"{i}\timg/a.jpg\t{new string('鞋', 40)}").ToList();
        var list = Encoding.Unicode.GetBytes("id\tpath\tcategory\n" + string.Join('\n', rows));

        Assert.Equal(string.Join('\n', rows.Select(row => row.Split('\t') is var values ? $"{values[0]} {values[2]} img/a.jpg" : "")),
            await ReadAsync(list));
    }

    [Fact]
    public async Task FromCsv_Windows1252_IsReadAndSaid()
    {
        var list = s_windows1252.GetBytes(List);

        Assert.Equal(Read, await ReadAsync(list));
        var note = Assert.Single(Notes(list));
        Assert.Contains("Windows-1252", note, StringComparison.Ordinal);
        Assert.Contains("list.csv", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromCsv_Windows1252FarDownALongList_IsRead()
    {
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i};img/a.jpg;\r\n"));
        var list = s_windows1252.GetBytes("id;path;category\r\n" + rows + "last;img/b.png;\u201CR\u00F6cke\u201D \u20AC");

        Assert.EndsWith("\nlast \u201CR\u00F6cke\u201D \u20AC img/b.png", await ReadAsync(list), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromCsv_EncodingTold_IsUsed()
    {
        var windows1251 = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
        var list = windows1251.GetBytes("id;path;category\r\n1;img/a.jpg;\u041E\u0431\u0443\u0432\u044C\r\n");

        Assert.Equal("1 \u041E\u0431\u0443\u0432\u044C img/a.jpg", await ReadAsync(list, options => options.Encoding = windows1251));
        Assert.Empty(Notes(list, options => options.Encoding = windows1251));
    }

    [Fact]
    public async Task FromCsv_EncodingToldButAMarkSaysOtherwise_TheMarkCounts()
    {
        byte[] list = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(List)];

        Assert.Equal(Read, await ReadAsync(list, options => options.Encoding = s_windows1252));
    }

    [Theory]
    [InlineData("1;img/a.jpg;R\u00F6cke\n2;img/b.png;R\u00F6cke\n3;img/b.png;R", "\xF6\n",
        "line 4: this is not UTF-8, although other parts are")]
    [InlineData("1;img/a.jpg;x\n2;img/b.png;", "R\x81\x8D\n", "line 3: this is not UTF-8 and not Windows-1252")]
    [InlineData("1;img/a.jpg;R\u00F6cke\n2;img/b.png;R", "\xC3", "line 3: this is not UTF-8")]
    public void FromCsv_NeitherUtf8NorWindows1252_IsRefused(string start, string bytes, string reason)
    {
        byte[] list = [.. Encoding.UTF8.GetBytes("id;path;category\n" + start), .. Encoding.Latin1.GetBytes(bytes)];

        Assert.Contains(reason, Assert.Throws<CatalogException>(() => Entries(list)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", "0A00D8")]
    [InlineData("utf-16", "41")]
    [InlineData("utf-8", "C3")]
    public void FromCsv_BytesThatTheEncodingDoesNotHave_AreRefused(string name, string bytes)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] list = [.. encoding.GetPreamble(), .. encoding.GetBytes("id;path\n1;img/a.jpg\n2;img/"), .. Convert.FromHexString(bytes)];

        Assert.Contains("list.csv", Assert.Throws<CatalogException>(() => Entries(list)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromCsv_NulInUtf16_IsRefusedWithItsLine()
    {
        var list = Encoding.Unicode.GetBytes("\uFEFFid;path\n1;img/a.jpg\n2;img/\0b.png\n");

        Assert.Contains("line 3", Assert.Throws<CatalogException>(() => Entries(list)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("504B0304", "spreadsheet")]
    [InlineData("D0CF11E0A1B11AE1", "Excel workbook")]
    [InlineData("1F8B0800", "gzip")]
    [InlineData("255044462D", "PDF")]
    [InlineData("49492A000800", "TIFF")]
    public void FromCsv_AFileOfAnotherKind_IsNamed(string bytes, string kind)
    {
        var error = Assert.Throws<CatalogException>(() => Entries(Convert.FromHexString(bytes)));

        Assert.Contains(kind, error.Message, StringComparison.Ordinal);
        Assert.Contains("CSV UTF-8", error.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Notes(byte[] list, Action<CsvOptions>? configure = null)
    {
        var catalog = ImageCatalog.FromCsv(Folder.Write("list.csv", list), configure ?? (_ => { }));
        Assert.NotEmpty(catalog.Entries);
        return catalog.Notes;
    }
}
