using System.CommandLine;
using System.Text.Json;
using ImageRec.Evaluation;
using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec evaluate FILE|STORE --queries DIR</c></summary>
internal static class EvaluateCommand
{
    private static readonly EvaluationOptions s_options = new() { TimedQueries = 100 };

    public static Command Create()
    {
        var file = SharedOptions.Place();
        var queries = SharedOptions.Queries();
        var json = SharedOptions.Json();
        var command = new Command("evaluate", "Measure how often a catalog answers with photos of the query's own category.")
        {
            file, queries, json,
        };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var photos = line.GetValue(queries) is { } path ? CatalogSource.Open(path) : null;
            if (line.GetRequiredValue(file) is var place && StoreAddress.Is(place))
            {
                await OfSharedAsync(StoreAddress.Parse(place), photos, terminal, token);
                return;
            }
            await using var catalog = await OpenCatalog.OpenAsync(place, token);
            var report = await EvaluateAsync(catalog.Engine, photos, terminal, token);
            terminal.Result(Scores.Of(report), to => Scores.Write(report, to));
        });
        return command;
    }

    private static async Task<EvaluationReport> EvaluateAsync(
        RecommendationEngine<JsonElement> engine, ImageCatalog<CatalogItem>? photos, Terminal terminal, CancellationToken token)
    {
        var report = await ProgressDisplay.RunAsync(display => photos is null
            ? engine.EvaluateLeaveOneOutAsync(s_options, new EvaluationDisplay(display), token)
            : engine.EvaluateAsync(photos, s_options, new EvaluationDisplay(display), token));
        foreach (var note in (photos?.Notes ?? []).Concat(report.Notes))
            terminal.Note(note);
        return report;
    }

    /// <summary>
    /// Measures a shared catalog: figures that rank all items are those of its rows, copied into a temporary catalog; what the store itself
    /// answers is compared with that.
    /// </summary>
    private static async Task OfSharedAsync(
        StoreAddress address, ImageCatalog<CatalogItem>? photos, Terminal terminal, CancellationToken token)
    {
        await using var alone = await SharedView.WithBuilderAsync(
            address, builder => SharedBuilderExtensions.OpenCopyAsync<JsonElement>(builder, address.Catalog, file: null, token), token);
        var report = await EvaluateAsync(alone, photos, terminal, token);
        await using var shared = await SharedView.OpenAsync(address, token);
        var store = await StoreScores.MeasureAsync(shared.Engine, alone, report, photos, token);
        terminal.Result(Scores.Of(report) with { Overlap = store.Overlap, MillisecondsPerQuery = store.Milliseconds }, to =>
        {
            Scores.Write(report, to, shared.Engine.Describe());
            store.Write(to);
        });
    }
}
