using System.Text.Json;
using ImageRec.Evaluation;
using ImageRec.Evaluation.Report;
using ImageRec.Tool.Input;

namespace ImageRec.Tool.Output;

/// <summary>A query and its answers as pictures, on one page that loads nothing from anywhere.</summary>
internal static class AnswersPage
{
    private const string Query = "\0query";
    private const int Pixels = 320;
    private const string NoMatch = "<p>No item matches.</p>";

    private const string Style = """
        :root{--ink:#1c2126;--soft:#5c6670;--paper:#f6f7f8;--card:#fff;--line:#e1e5e9;--accent:#0b6e75}
        @media (prefers-color-scheme:dark){
        :root{--ink:#e7eaed;--soft:#9aa5af;--paper:#14181b;--card:#1d2226;--line:#30373d;--accent:#5cc3ca}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:1120px;padding:32px 20px;background:var(--paper);color:var(--ink);
        font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
        h1{font-size:20px;margin:0 0 4px;overflow-wrap:anywhere}
        p{margin:0;color:var(--soft);font-size:14px;overflow-wrap:anywhere}
        header{display:flex;gap:20px;align-items:center;flex-wrap:wrap;margin-bottom:28px}
        header div{flex:1;min-width:min(100%,240px)}
        header .photo{width:min(100%,240px)}
        .photo{display:block;width:100%;aspect-ratio:1;object-fit:contain;background:var(--paper);border-radius:8px}
        ol{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(40vw,190px),1fr));gap:16px}
        li{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:10px}
        .score{font-size:18px;font-weight:650;color:var(--accent);margin:8px 0 0;font-variant-numeric:tabular-nums}
        .none{display:grid;place-items:center;aspect-ratio:1;border:1px dashed var(--line);border-radius:8px;
        color:var(--soft);font-size:14px}
        """;

    public static async Task<string> WriteAsync(
        ImageSource query, IReadOnlyList<Recommendation<JsonElement>> answers, CatalogView catalog, CancellationToken token)
    {
        var thumbnails = new Thumbnails(ImageLimits.Default, Pixels);
        await thumbnails.AddAsync(Query, query, strip: true, map: false, token);
        foreach (var answer in answers)
            if (catalog.PictureOf(answer.Item) is { } photo)
                await thumbnails.AddAsync(answer.Id, photo, strip: true, map: false, token);
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>Similar to {Html.Text(Path.GetFileName(query.Name))}</title>
            <style>{Style}</style>
            </head>
            <body>
            <header>
            {Photo(thumbnails.Strip(Query), "The query")}
            <div><h1>Similar to {Html.Text(Path.GetFileName(query.Name))}</h1><p>{Html.Text(catalog.Answers.Describe())}</p></div>
            </header>
            <main><ol>{string.Concat(answers.Select(answer => Card(answer, thumbnails)))}</ol>{(answers.Count == 0 ? NoMatch : "")}</main>
            </body>
            </html>

            """;
    }

    private static string Card(Recommendation<JsonElement> answer, Thumbnails thumbnails) =>
        $"<li>{Photo(thumbnails.Strip(answer.Id), answer.Id)}<p class=\"score\">{Html.Number(answer.Score, 3)}</p>"
        + $"<p>{Html.Text(answer.Category ?? "")}</p><p>{Html.Text(answer.Id)}</p></li>\n";

    private static string Photo(string? data, string name) =>
        data is null ? "<div class=\"none\">no picture</div>" : $"<img class=\"photo\" src=\"{data}\" alt=\"{Html.Text(name)}\">";
}
