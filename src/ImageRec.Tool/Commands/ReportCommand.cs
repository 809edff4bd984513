using System.CommandLine;
using System.Text.Json;
using ImageRec.Evaluation;
using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec report FILE -o report.html</c></summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var file = SharedOptions.File();
        var output = SharedOptions.Output<string>("-o", "PAGE", "The page to write; replaced when it is there.");
        output.DefaultValueFactory = _ => "report.html";
        var title = new Option<string?>("--title")
        {
            HelpName = "TEXT",
            Description = "The page's heading; the catalog's name unless given.",
        };
        var queries = SharedOptions.Queries();
        var json = SharedOptions.Json();
        var command = new Command("report", "Write a page that shows what a catalog holds and how well it answers.")
        {
            file, output, title, queries, json,
        };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var page = PageFile.Require(line.GetRequiredValue(output));
            var photos = line.GetValue(queries) is { } path ? CatalogSource.Open(path) : null;
            await using var catalog = await OpenCatalog.OpenAsync(line.GetRequiredValue(file), token);
            await ProgressDisplay.RunAsync(async display =>
            {
                var progress = new EvaluationDisplay(display);
                var options = new ReportOptions<JsonElement> { Title = line.GetValue(title), Image = catalog.PictureOf };
                if (photos is not null)
                {
                    options.Evaluation = await catalog.Engine.EvaluateAsync(photos, new() { Cutoffs = [1, 5, 10, 20] }, progress, token);
                    options.QueryImage = photos.Entries.ToDictionary(entry => entry.Id, entry => entry.Image).GetValueOrDefault;
                }
                await catalog.Engine.WriteReportAsync(page, options, progress, token);
                return page;
            });
            var bytes = new FileInfo(page).Length;
            terminal.Result(new { report = page, bytes }, to => to.WriteLine($"{page} ({Units.Bytes(bytes)})"));
        });
        return command;
    }
}
