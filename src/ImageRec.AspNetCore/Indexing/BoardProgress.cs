using ImageRec.AspNetCore.Catalog;

namespace ImageRec.AspNetCore.Indexing;

/// <summary>Passes the progress of a build on to the status, in the order in which it is reported.</summary>
internal sealed class BoardProgress(StatusBoard board) : IProgress<BuildProgress>
{
    public void Report(BuildProgress value) => board.Change(s => s with
    {
        Done = value.Done,
        Total = value.Total,
        PerSecond = Math.Round(value.PerSecond, 1),
        RemainingSeconds = value.Remaining is { } left ? Math.Ceiling(left.TotalSeconds) : null,
    });
}
