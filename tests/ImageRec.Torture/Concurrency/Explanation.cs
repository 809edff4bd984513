using ImageRec.Answering;

namespace ImageRec.Torture.Concurrency;

/// <summary>
/// Looks for an order of what happened at once in which every result is right: each command at one moment between its start and its end
/// (linearizability, Herlihy and Wing, ACM TOPLAS 1990; searched depth first as Wing and Gong do, no position and moment twice).
/// </summary>
/// <remarks>
/// A refresh is two moments: one at which it reads what there is, and a later one at which it shows it. Refreshes do not overlap. A change
/// is two as well: when it is in the file, where others see it, and when its own engine shows it. Each engine by itself goes from moment to
/// moment.
/// </remarks>
internal sealed class Explanation(IReadOnlyList<Happened>[] happened)
{
    private readonly List<Happened>[] _threads = Array.ConvertAll(happened, thread => thread
        .SelectMany(h => h.Command.Kind switch
        {
            CommandKind.RefreshReader => Two(h, CommandKind.ShowReader),
            CommandKind.Upsert or CommandKind.Remove or CommandKind.Rebuild => Two(h, CommandKind.ShowChange),
            _ => [h],
        }).ToList());

    private readonly HashSet<string> _visited = [];
    private int _farthest;
    private List<Happened> _stuck = [];

    /// <returns>Null when there is one; otherwise how far it goes and what cannot be explained.</returns>
    public string? Missing(Moment start)
    {
        if (Search(new int[_threads.Length], start, []))
            return null;
        return $"of {_threads.Sum(t => t.Count)} commands {_farthest} are explained; then none of these is right: "
            + $"{string.Join("; ", _stuck)}. All: "
            + string.Join(" | ", _threads.SelectMany((t, i) => t.Select(h => (Thread: i, Happened: h))).OrderBy(h => h.Happened.Start)
            .Select(h => $"[{h.Thread}] {h.Happened}"));
    }

    private static Happened[] Two(Happened happened, CommandKind second) =>
        [happened, happened with { Command = happened.Command with { Kind = second } }];

    private bool Search(int[] positions, Moment moment, List<Happened> path)
    {
        var next = Enumerable.Range(0, _threads.Length).Where(t => positions[t] < _threads[t].Count).ToList();
        if (next.Count == 0)
            return true;
        if (!_visited.Add($"{string.Join(',', positions)}|{moment.Key()}"))
            return false;
        if (path.Count >= _farthest)
            (_farthest, _stuck) = (path.Count, next.ConvertAll(t => _threads[t][positions[t]]));
        var earliestEnd = next.Min(t => _threads[t][positions[t]].End);
        foreach (var thread in next)
        {
            var step = _threads[thread][positions[thread]];
            // What began after another had ended comes after it.
            if (step.Start > earliestEnd || moment.After(step) is not { } after)
                continue;
            positions[thread]++;
            path.Add(step);
            if (Search(positions, after, path))
                return true;
            positions[thread]--;
            path.RemoveAt(path.Count - 1);
        }
        return false;
    }
}
