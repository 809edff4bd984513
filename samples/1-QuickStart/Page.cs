using System.Globalization;
using System.Net;
using System.Text;
using ImageRec;

namespace QuickStart;

/// <summary>One HTML page with everything inside: each query beside its answers, as pictures.</summary>
internal sealed class Page(string title)
{
    private const int PictureSize = 240;

    private const string Style = """
        :root { color-scheme: light dark; --page: #faf9f6; --card: #fff; --ink: #1d1c1a; --muted: #635f58; --line: #e4e0d8; --accent: #0e5a5c; }
        @media (prefers-color-scheme: dark) { :root { --page: #131312; --card: #1d1d1b; --ink: #f2efe9; --muted: #aaa49a; --line: #34322e; --accent: #6fcac4; } }
        body { margin: 0 auto; max-width: 1180px; padding: 32px 20px 64px; background: var(--page); color: var(--ink); font: 15px/1.45 Inter, system-ui, "Segoe UI", Roboto, sans-serif; }
        h1 { font-size: 1.9rem; letter-spacing: -.02em; margin: 0 0 4px; } p { color: var(--muted); margin: 0 0 26px; }
        section { display: grid; grid-template-columns: 1.25fr 5fr; gap: 26px; align-items: start; padding: 18px; margin-bottom: 18px; background: var(--card); border: 1px solid var(--line); border-radius: 18px; }
        ol { display: grid; grid-template-columns: repeat(5, 1fr); gap: 14px; list-style: none; margin: 0; padding: 0; }
        figure { margin: 0; } img { display: block; width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: 12px; }
        section > figure img { outline: 3px solid var(--accent); outline-offset: -3px; }
        figcaption { padding-top: 8px; font-size: .86rem; overflow-wrap: anywhere; } figcaption b { display: block; font-variant-numeric: tabular-nums; }
        @media (max-width: 720px) { section { grid-template-columns: 1fr; } ol { grid-template-columns: repeat(2, 1fr); } }
        """;

    private readonly StringBuilder _rows = new();

    /// <summary>Adds a product and its answers.</summary>
    public void Add(CatalogItem query, IReadOnlyList<Recommendation<CatalogItem>> answers)
    {
        _rows.Append("<section>").Append(Figure(query, "Query")).Append("<ol>");
        foreach (var answer in answers)
            _rows.Append("<li>").Append(Figure(answer.Item, answer.Score.ToString("F3", CultureInfo.InvariantCulture))).Append("</li>");
        _rows.AppendLine("</ol></section>");
    }

    /// <summary>Writes the page.</summary>
    /// <returns>Its address, for a browser.</returns>
    public string Write(string file)
    {
        var text = WebUtility.HtmlEncode(title);
        File.WriteAllText(file, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{text}</title><style>{Style}</style></head>
            <body><h1>{text}</h1><p>The number is the cosine similarity: 1 is the same picture.</p>
            {_rows}
            </body></html>
            """);
        return new Uri(file).AbsoluteUri;
    }

    private static string Figure(CatalogItem item, string heading)
    {
        var name = WebUtility.HtmlEncode(Path.GetFileNameWithoutExtension(item.Id));
        var picture = Convert.ToBase64String(PictureThumbnail.ToJpeg(File.ReadAllBytes(item.Path!), 2 * PictureSize));
        return $"<figure><img alt=\"{name}\" src=\"data:image/jpeg;base64,{picture}\">"
            + $"<figcaption><b>{heading}</b>{name}</figcaption></figure>";
    }
}
