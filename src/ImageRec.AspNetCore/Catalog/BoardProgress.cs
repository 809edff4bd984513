namespace ImageRec.AspNetCore;

/// <summary>Writes a build's progress on the board, in the order it is reported.</summary>
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
