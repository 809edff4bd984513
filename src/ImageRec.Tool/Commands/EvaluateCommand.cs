using System.CommandLine;
using ImageRec.Evaluation;
using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec evaluate FILE --queries DIR</c></summary>
internal static class EvaluateCommand
{
    private static readonly EvaluationOptions s_options = new() { TimedQueries = 100 };

    public static Command Create()
    {
        var file = SharedOptions.File();
        var queries = SharedOptions.Queries();
        var json = SharedOptions.Json();
        var command = new Command("evaluate", "Measure how often a catalog answers with photos of the query's own category.")
        {
            file, queries, json,
        };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var photos = line.GetValue(queries) is { } path ? CatalogSource.Open(path) : null;
            await using var catalog = await OpenCatalog.OpenAsync(line.GetRequiredValue(file), token);
            var report = await ProgressDisplay.RunAsync(display => photos is null
                ? catalog.Engine.EvaluateLeaveOneOutAsync(s_options, new EvaluationDisplay(display), token)
                : catalog.Engine.EvaluateAsync(photos, s_options, new EvaluationDisplay(display), token));
            foreach (var note in (photos?.Notes ?? []).Concat(report.Notes))
                terminal.Note(note);
            terminal.Result(Scores.Of(report), to => Scores.Write(report, to));
        });
        return command;
    }
}
