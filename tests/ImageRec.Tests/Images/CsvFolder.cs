using System.Text;

namespace ImageRec.Tests.Images;

/// <summary>A shop's folder with four pictures and a list of them.</summary>
public abstract class CsvFolder : IDisposable
{
    /// <summary>Three pictures with plain names and one in a folder with accents, composed (NFC).</summary>
    private static readonly string[] s_pictures = ["img/a.jpg", "img/b.png", "img/sub/c.jpg", "img/\u00E9to\u00E9/d.jpg"];

    protected CsvFolder()
    {
        foreach (var picture in s_pictures)
            Folder.Write(picture, picture);
    }

    private protected TemporaryFolder Folder { get; } = new();

    /// <summary>
    /// Reads a list, each entry as "id category picture", the picture by the path written in its file, or "-" when it cannot be read.
    /// </summary>
    private protected async Task<string> ReadAsync(byte[] list, Action<CsvOptions>? configure = null)
    {
        var lines = new List<string>();
        foreach (var entry in Entries(list, configure))
            lines.Add($"{entry.Id} {entry.Category ?? "-"} {await PictureAsync(entry)}");
        return string.Join('\n', lines);
    }

    private protected Task<string> ReadAsync(string list) => ReadAsync(Encoding.UTF8.GetBytes(list));

    private protected List<CatalogEntry<CatalogItem>> Entries(byte[] list, Action<CsvOptions>? configure = null) =>
        [.. ImageCatalog.FromCsv(Folder.Write("list.csv", list), configure ?? (_ => { })).Entries];

    private protected List<CatalogEntry<CatalogItem>> Entries(string list) => Entries(Encoding.UTF8.GetBytes(list));

    /// <summary>Why the only picture of a list cannot be read.</summary>
    private protected async Task<string> ReasonAsync(string path)
    {
        var entry = Assert.Single(Entries($"id,path\n1,\"{path}\"\n"));
        var error = await Assert.ThrowsAsync<UnreadableImageException>(
            async () => await entry.Image.ReadAsync(cancellationToken: TestContext.Current.CancellationToken));
        return error.Message;
    }

    private static async Task<string> PictureAsync(CatalogEntry<CatalogItem> entry)
    {
        try
        {
            return Encoding.UTF8.GetString((await entry.Image.ReadAsync(cancellationToken: TestContext.Current.CancellationToken)).Span);
        }
        catch (UnreadableImageException)
        {
            return "-";
        }
    }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
