using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary>Indexes photos into a shared catalog.</summary>
internal static class SharedIndexing
{
    public static async Task RunAsync(
        RecommenderBuilder builder, ImageCatalog<CatalogItem> photos, StoreAddress store, CatalogPart? part, Terminal terminal,
        CancellationToken token)
    {
        BuildDisplay? shown = null;
        try
        {
            await using var engine = await ProgressDisplay.RunAsync(display =>
                builder.BuildAsync(photos, store.Catalog, shown = new BuildDisplay(display), part, token));
            foreach (var note in photos.Notes)
                terminal.Note(note);
            var summary = IndexSummary.Of(engine, store.Shown);
            terminal.Result(summary, summary.Write);
        }
        catch (Exception e) when (e is not UsageException)
        {
            var isStopped = e is OperationCanceledException && token.IsCancellationRequested;
            if (shown is { Last: { Done: > 0 } last })
                terminal.Note(
                    $"{(isStopped ? "Stopped" : "Failed")} at {last.Done:N0} of {Units.Count(last.Total, "photo", "photos")}. "
                    + "The same command goes on from what the store has, which is nothing until what the catalog is fitted to is computed: "
                    + "the first 20,000 photos, or all of fewer.");
            else if (isStopped)
                terminal.Note("Stopped before the first photo was done.");
            throw;
        }
    }
}
