using System.Text;

namespace ImageRec;

/// <summary>Says how <see cref="ImageCatalog.FromCsv(string, Action{CsvOptions})"/> reads a list.</summary>
public sealed class CsvOptions
{
    /// <summary>
    /// Gets or sets the encoding of a list that does not name one itself by a byte order mark. Null, the default, finds it out: UTF-8,
    /// UTF-16, or, where the bytes are neither, Windows-1252, which <see cref="ImageCatalog{TItem}.Notes"/> then says.
    /// </summary>
    public Encoding? Encoding { get; set; }
}
