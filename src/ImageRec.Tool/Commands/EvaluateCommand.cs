using System.CommandLine;
using ImageRec.Evaluation;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec evaluate FILE --queries DIR</c></summary>
internal static class EvaluateCommand
{
    private static readonly EvaluationOptions s_options = new() { TimedQueries = 100 };

    public static Command Create()
    {
        var file = SharedOptions.File();
        var queries = new Option<string?>("--queries")
        {
            HelpName = "DIR|CSV",
            Description = "Photos that are not in the catalogue, in folders named like its categories; without it, each item is looked for in the rest.",
        };
        var json = SharedOptions.Json();
        var command = new Command("evaluate", "Measure how often a catalogue answers with photos of the query's own category.") { file, queries, json };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var photos = line.GetValue(queries) is { } path ? CatalogSource.Open(path) : null;
            await using var engine = await new RecommenderBuilder().RestoreForests().OpenAsync(line.GetRequiredValue(file), token);
            var report = await ProgressDisplay.RunAsync(display => photos is null
                ? engine.EvaluateLeaveOneOutAsync(s_options, new EvaluationDisplay(display), token)
                : engine.EvaluateAsync(photos, s_options, new EvaluationDisplay(display), token));
            foreach (var note in report.Notes)
                terminal.Note(note);
            terminal.Result(Scores.Of(report), to => Scores.Write(report, to));
        });
        return command;
    }
}
