using System.CommandLine;
using ImageRec.Evaluation;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec report FILE -o report.html</c></summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var file = SharedOptions.File();
        var output = new Option<string>("-o", "--output") { HelpName = "PAGE", DefaultValueFactory = _ => "report.html", Description = "The page to write; replaced when it is there." };
        var title = new Option<string?>("--title") { HelpName = "TEXT", Description = "The page's heading; the catalogue's name unless given." };
        var queries = new Option<string?>("--queries")
        {
            HelpName = "DIR|CSV",
            Description = "Photos that are not in the catalogue, in folders named like its categories; without it, each item is looked for in the rest.",
        };
        var json = SharedOptions.Json();
        var command = new Command("report", "Write a page that shows what a catalogue holds and how well it answers.") { file, output, title, queries, json };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var page = Path.GetFullPath(line.GetRequiredValue(output));
            await using var engine = await new RecommenderBuilder().RestoreForests().OpenAsync(line.GetRequiredValue(file), token);
            await ProgressDisplay.RunAsync(async display =>
            {
                var progress = new EvaluationDisplay(display);
                var options = new ReportOptions<CatalogItem> { Title = line.GetValue(title) };
                if (line.GetValue(queries) is { } path)
                {
                    var photos = CatalogSource.Open(path);
                    options.Evaluation = await engine.EvaluateAsync(photos, new() { Cutoffs = [1, 5, 10, 20] }, progress, token);
                    options.QueryImage = photos.Entries.ToDictionary(entry => entry.Id, entry => entry.Image).GetValueOrDefault;
                }
                await engine.WriteReportAsync(page, options, progress, token);
                return page;
            });
            terminal.Result(new { report = page, bytes = new FileInfo(page).Length }, to => to.WriteLine($"{page} ({Units.Bytes(new FileInfo(page).Length)})"));
        });
        return command;
    }
}
