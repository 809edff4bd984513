using System.Diagnostics;
using System.Globalization;
using ImageRec.Redis.Tests.Support;

namespace ImageRec.Torture.Cluster;

/// <summary>
/// A catalog on two Garnet primaries with a replica each. A worker is killed while it indexes, a primary while two front ends change and
/// ask, and a front end: what was acknowledged is there, none of it half, and no answer is ever wrong.
/// </summary>
internal sealed class ClusterMachine : IMachine
{
    private const int Items = 300;
    private const int Answers = 10;
    private const int Questions = 20;

    // A replica follows its primary and does not hold it up: what was acknowledged in that time before a kill may be lost with it.
    private static readonly TimeSpan s_behind = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_alarm = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_mostWithout = TimeSpan.FromSeconds(5);
    private readonly Ledger[] _ledgers = [new(), new()];

    public string Name => "cluster";

    public string Unit => "changes";

    public int LongCount => 10_000;

    private int Acknowledged => _ledgers.Sum(ledger => ledger.Acknowledged);

    public async Task RunAsync(MachineRun run)
    {
        await using var cluster = await GarnetCluster.StartAsync(2, withReplicas: true, run.Token);
        await IndexAsync(run, cluster.Connection);
        var killed = await ServeAsync(run, cluster);
        await LookAsync(run, cluster, killed);
        run.Figure("acknowledged changes", $"{Acknowledged:N0}, refused and made again {_ledgers.Sum(ledger => ledger.Refused):N0}");
        run.Figure("answers", $"{_ledgers.Sum(ledger => ledger.Answered):N0}, failed {_ledgers.Sum(ledger => ledger.Failed):N0}");
        foreach (var (number, ledger) in _ledgers.Index())
        {
            if (ledger.LastError is { } error)
                run.Figure($"front end {number + 1} was told last", $"{error}");
            run.Figure($"front end {number + 1}, longest time without an answer, s", $"{ledger.LongestGap.TotalSeconds:F1}");
            if (run.MeasuresTime && ledger.LongestGap > s_mostWithout)
                run.Find($"front end {number + 1} was without an answer for {ledger.LongestGap.TotalSeconds} s");
        }
    }

    /// <summary>Two workers index half of the base each; one is killed in the middle, and another one does its part.</summary>
    private static async Task IndexAsync(MachineRun run, string connection)
    {
        var middle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var first = Worker(1, _ => { });
        using var second = Worker(2, line =>
        {
            if (line is "batch 3")
                middle.TrySetResult();
        });
        var ended = second.EndAsync(run.Token);
        if (await Task.WhenAny(middle.Task, ended) == ended)
            run.Find($"the second worker ended before it was killed, with {second.ExitCode}: {await ended}");
        second.Kill();
        using var third = Worker(2, _ => { });
        foreach (var (worker, name) in new[] { (first, "the first worker"), (third, "the worker that was started again") })
        {
            var errors = await worker.EndAsync(run.Token);
            if (worker.ExitCode != 0)
                run.Find($"{name} ended with {worker.ExitCode}: {errors}");
        }

        Child Worker(int number, Action<string> read) => Child.Start(
            IndexingChild.Role, read, connection, number.ToString(CultureInfo.InvariantCulture), "2",
            Items.ToString(CultureInfo.InvariantCulture));
    }

    /// <returns>When the primary was killed.</returns>
    private async Task<long> ServeAsync(MachineRun run, GarnetCluster cluster)
    {
        using var first = FrontEnd(0, run.Seed);
        var second = FrontEnd(1, run.Seed + 1);
        try
        {
            await UntilAsync(() => Acknowledged >= run.Most / 3 && _ledgers.All(ledger => ledger.Answered > 0));
            var killed = Stopwatch.GetTimestamp();
            await cluster.Primaries[0].KillAsync();
            await Task.Delay(s_alarm, run.Token);
            await GarnetCluster.TakeOverAsync(cluster.Replicas[0], run.Token);

            var before = Acknowledged;
            await UntilAsync(() => Acknowledged >= Math.Max(run.Most * 2 / 3, before + 20));
            second.Kill();
            second.Dispose();
            second = FrontEnd(1, run.Seed + 2);

            before = Acknowledged;
            var answered = _ledgers[1].Answered;
            await UntilAsync(() => Acknowledged >= Math.Max(run.Most, before + 20) && _ledgers[1].Answered > answered);
            foreach (var child in new[] { first, second })
            {
                child.AskToEnd();
                var errors = await child.EndAsync(run.Token);
                if (child.ExitCode != 0)
                    run.Find($"a front end ended with {child.ExitCode}: {errors}");
            }
            return killed;
        }
        finally
        {
            second.Dispose();
        }

        Child FrontEnd(int number, int seed) => Child.Start(
            FrontEndChild.Role,
            line =>
            {
                if (_ledgers[number].Read(line) is { } wrong)
                    run.Find($"front end {number + 1}: {wrong}");
            },
            cluster.Connection, $"front {number}", (seed % 1000).ToString(CultureInfo.InvariantCulture));

        async Task UntilAsync(Func<bool> isSo)
        {
            while (!isSo())
            {
                await Task.Delay(20, run.Token);
                run.Progress(() => $"{Acknowledged} changes, {_ledgers.Sum(ledger => ledger.Answered)} answers");
                if (run.Options.Minutes is { } minutes && run.Elapsed.TotalMinutes > minutes)
                    break;
            }
        }
    }

    private async Task LookAsync(MachineRun run, GarnetCluster cluster, long killed)
    {
        await using var engine = await Things.Builder().OpenAsync<Thing>(SharedThings.At(cluster.Connection, 30), run.Token);
        var ids = _ledgers.SelectMany(ledger => ledger.Ids.Select(id => (Ledger: ledger, Id: id))).ToList();
        var found = await engine.GetAsync(
            ids.Select(pair => pair.Id).Concat(SharedThings.Base(Items).Select(thing => thing.Id)), run.Token);
        var lost = 0;
        foreach (var (ledger, id) in ids)
        {
            var stamp = found.TryGetValue(id, out var thing) ? thing.Stamp : 0;
            if (ledger.Explains(id, stamp, out var at))
                continue;
            if (at < killed && Stopwatch.GetElapsedTime(at, killed) < s_behind)
                lost++;
            else
                run.Find($"'{id}' is of change {stamp}, though another was acknowledged "
                    + $"{Stopwatch.GetElapsedTime(killed, at).TotalSeconds} s after the kill");
        }
        run.Figure("lost with the primary, acknowledged within 2 s before its kill", $"{lost}");
        foreach (var thing in SharedThings.Base(Items))
            if (!found.ContainsKey(thing.Id))
                run.Find($"'{thing.Id}', which a worker has indexed, is not there");
        foreach (var thing in found.Values)
            if (await engine.GetVectorAsync(thing.Id, run.Token) is not { } row || Things.Cosine(row.ToArray(), Things.Row(thing)) < 0.9999)
                run.Find($"'{thing.Id}' is half: its row is another change's");
        if (await engine.CountAsync(run.Token) is var count && count != found.Count)
            run.Find($"the shards count {count} items, and hold {found.Count} of those that were ever written");
        for (var i = 0; i < Questions; i++)
        {
            var query = Things.Row(run.Seed + 5000 + i);
            var answer = await engine.RecommendAsync(Things.Picture(query), Answers, run.Token);
            if (Things.Wrong(answer, found.Values, query, Answers) is { } wrong)
                run.Find($"afterwards: {wrong}");
        }
    }
}
