using System.Collections.Immutable;
using System.Globalization;

namespace ImageRec.Torture.Kill;

/// <summary>Starts a child that changes a file, and kills it.</summary>
internal sealed class KillRound(MachineRun run, Random random, string file, int round, ImmutableSortedDictionary<string, Thing>? things)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource _enough = new();
    private int _done;
    private int _met;

    public async Task<Killed> RunAsync()
    {
        // While it starts, while it builds, or after a number of changes; builds take longest and can be left half done in the most ways.
        var choice = random.Next(12);
        var wanted = choice switch
        {
            0 => ChangingChild.Nothing,
            < 4 => $"{ChangingChild.Begins} {ChangeKind.Build}",
            < 7 => $"{ChangingChild.Begins} {ChangeKind.Rebuild}",
            _ => ChangingChild.Done,
        };
        var changes = choice < 7 ? 1 : random.Next(1, 25);
        var wait = random.Next(choice switch { 0 => 800, < 7 => 120, _ => 25 });
        using (var child = Child.Start(
            ChangingChild.Role, line => Read(line, wanted, changes), file, Text(run.Seed), Text(round), things is null ? "none" : "known"))
        {
            if (choice > 0 && await Task.WhenAny(_enough.Task, Task.Delay(s_patience, run.Token)) != _enough.Task)
                run.Find(
                    $"round {round}: the child came to {_done} changes, not to '{wanted}' {changes} times, in {s_patience.TotalSeconds} s");
            await Task.Delay(wait, run.Token);
            child.Kill();
            await child.EndAsync(CancellationToken.None);
        }
        foreach (var failure in _lines.Where(l => l.StartsWith(ChangingChild.Failed, StringComparison.Ordinal)))
            run.Find($"round {round}: a change failed after '{_lines[Math.Max(0, _lines.IndexOf(failure) - 1)]}': {failure}");
        return Allowed();
    }

    private void Read(string line, string wanted, int times)
    {
        _lines.Add(line);
        if (line.StartsWith(ChangingChild.Done, StringComparison.Ordinal))
            _done++;
        var enough = line.StartsWith(wanted, StringComparison.Ordinal) && ++_met >= times;
        if (enough || line.StartsWith(ChangingChild.Failed, StringComparison.Ordinal))
            _enough.TrySetResult();
    }

    /// <summary>What may be there now: everything acknowledged, with or without the change that was under way.</summary>
    private Killed Allowed()
    {
        var begun = _lines.Count(l => l.StartsWith(ChangingChild.Begins, StringComparison.Ordinal));
        var script = new ChangeScript(run.Seed, round);
        var now = things;
        for (var i = 0; i < _done; i++)
            now = script.Next(now).After;
        if (begun == _done)
            return new Killed(_done, [now], "between changes", $"killed after {_done} changes");
        var pending = script.Next(now);
        var told = $"killed after {_done} changes of {now?.Count ?? 0} things during {pending}";
        return new Killed(_done, [now, pending.After], pending.Kind.ToString().ToLowerInvariant(), told);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
