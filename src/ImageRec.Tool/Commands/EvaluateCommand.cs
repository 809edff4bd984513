using System.CommandLine;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec evaluate FILE --queries DIR</c></summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var file = SharedOptions.File();
        var queries = new Option<string>("--queries")
        {
            HelpName = "DIR",
            Required = true,
            Description = "Photos that are not in the catalogue, in folders named like its categories (or a CSV file with id, path and category).",
        };
        var json = SharedOptions.Json();
        var command = new Command("evaluate", "Measure how often a catalogue answers with photos of the query's own category.") { file, queries, json };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var photos = CatalogSource.Open(line.GetRequiredValue(queries));
            await using var engine = await new RecommenderBuilder().OpenAsync(line.GetRequiredValue(file), token);
            var scores = await new RetrievalTest(engine, terminal).RunAsync(photos, token);
            terminal.Result(scores, scores.Write);
        });
        return command;
    }
}
