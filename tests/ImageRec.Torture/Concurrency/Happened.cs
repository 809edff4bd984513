namespace ImageRec.Torture.Concurrency;

/// <summary>A command that was run.</summary>
/// <param name="Command">What was run.</param>
/// <param name="Start">Taken before the call.</param>
/// <param name="End">Taken after the call has returned or thrown.</param>
/// <param name="Result">What it returned, or the exception it threw.</param>
internal sealed record Happened(Command Command, long Start, long End, object? Result)
{
    public override string ToString() => $"{Command} -> {Result switch
    {
        Exception e => $"{e.GetType().Name}: {e.Message}",
        Answer answer => string.Join(", ", answer.Hits.Select(h => $"{h.Item.Id}/{h.Item.Stamp} {h.Score:F4}"))
            + (answer.Items is { } items ? $" of {items.Count}" : ""),
        IReadOnlyList<Thing> things => string.Join(", ", things.Select(t => $"{t.Id}/{t.Stamp}")),
        var other => $"{other}",
    }}";
}
