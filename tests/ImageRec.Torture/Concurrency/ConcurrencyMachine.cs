using System.Text;
using CsCheck;

namespace ImageRec.Torture.Concurrency;

/// <summary>
/// Random commands on several threads against one engine and one that reads beside it: every result is right for some moment between its
/// start and its end.
/// </summary>
/// <remarks>The commands follow from the seed; how they meet does not, so a finding carries its whole history.</remarks>
internal sealed class ConcurrencyMachine : IMachine
{
    private const int Threads = 3;
    private const int Chunk = 25;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    // Asking happens most; an end comes seldom, or nothing would be left to ask.
    private static readonly Gen<CommandKind> s_kind = Gen.Frequency(
        (6, Gen.Const(CommandKind.Ask)),
        (2, Gen.Const(CommandKind.AskOwn)),
        (3, Gen.Const(CommandKind.AskLike)),
        (2, Gen.Const(CommandKind.Get)),
        (2, Gen.Const(CommandKind.List)),
        (5, Gen.Const(CommandKind.Upsert)),
        (3, Gen.Const(CommandKind.Remove)),
        (1, Gen.Const(CommandKind.Rebuild)),
        (2, Gen.Const(CommandKind.RefreshReader)),
        (2, Gen.Const(CommandKind.AskReader)),
        (1, Gen.Const(CommandKind.Backup)));

    private static readonly Gen<Command> s_command =
        Gen.Select(s_kind, Gen.Int[0, 3], Gen.Int[0, 13].Array[1, 5], (kind, number, ids) => new Command(kind, number, ids));

    private static readonly Gen<Command[][]> s_commands =
        Gen.Select(s_command.Array[2, 9].Array[Threads], Gen.Int[0, 5], (threads, end) =>
        {
            // In some histories one thread ends the engine while the others go on.
            if (end == 0)
                threads[0] = [.. threads[0], new Command(CommandKind.Dispose, 0, [0]), new Command(CommandKind.Ask, 1, [0])];
            return threads;
        });

    public string Name => "concurrency";

    public string Unit => "histories";

    public int LongCount => 2000;

    public async Task RunAsync(MachineRun run)
    {
        var (histories, commands) = (0, 0L);
        for (var chunk = 0; run.Goes(histories); chunk++)
        {
            var wanted = Math.Min(Chunk, (run.Options.Count ?? int.MaxValue) - histories);
            var left = wanted;
            try
            {
                // One history at a time: its own threads are what meets.
                await s_commands.SampleAsync(
                    async history =>
                    {
                        if (Interlocked.Decrement(ref left) < 0)
                            return;
                        Interlocked.Add(ref commands, history.Sum(t => t.Length));
                        if (await new History(history).WrongAsync().WaitAsync(s_patience) is { } wrong)
                            throw new UnexplainedException(wrong);
                    },
                    seed: new PCG((uint)run.Seed, (ulong)(uint)chunk + 1).ToString(), iter: wanted, threads: 1, print: Print);
            }
            catch (CsCheckException e)
            {
                var kept = run.Keep($"{run.Seed}-{chunk}.txt", Encoding.UTF8.GetBytes(e.ToString()));
                run.Find($"chunk {chunk} (whole in {kept}): {e.InnerException?.Message ?? e.Message}");
            }
            histories += wanted;
            run.Progress(() => $"{histories:N0} histories of {commands:N0} commands");
        }
        run.Figure("histories", $"{histories:N0} of {Threads} threads");
        run.Figure("commands", $"{commands:N0}");
    }

    private static string Print(Command[][] history) =>
        string.Join(" | ", history.Select(thread => string.Join(", ", thread.Select(c => c.ToString()))));
}
