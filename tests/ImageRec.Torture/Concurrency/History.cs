using System.Collections.Immutable;
using System.Diagnostics;
using ImageRec.Answering;

namespace ImageRec.Torture.Concurrency;

/// <summary>Runs commands on several threads at once and writes down what happens.</summary>
/// <param name="commands">The commands of each thread.</param>
internal sealed class History(Command[][] commands)
{
    public const int AnswerCount = 4;

    private const int Items = 10;

    /// <summary>Runs them.</summary>
    /// <returns>What cannot be explained; null when everything can.</returns>
    public async Task<string?> WrongAsync()
    {
        using var scratch = new Scratch(inMemory: true);
        var file = scratch.File("catalog.imagerec");
        var things = Enumerable.Range(0, Items).Select(i => new Thing(Command.Name(i), 0))
            .ToImmutableSortedDictionary(t => t.Id, t => t, StringComparer.Ordinal);
        // In every fourth one rows are read from the file, where they change too.
        var codesOnly = commands[0][0].Number == 0;
        var builder = Things.Builder(new RowExtractor(async _ => await Task.Yield()), codesOnly);
        await using var engine = await builder.BuildAsync(Things.Catalog(things.Values), file);
        await using var reader = await Things.Builder(codesOnly: codesOnly).OpenAsync<Thing>(file);
        using var together = new Barrier(commands.Length);
        var runs = commands.Select((own, thread) => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            return own.Select((c, i) => Run(engine, reader, c with { Stamp = (thread + 1) * 100 + i })).ToList();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();
        var happened = await Task.WhenAll(runs);
        if (new Explanation(happened).Missing(new Moment(things, things, IsDisposed: false, FollowsItself: codesOnly)) is { } missing)
            return missing;
        await reader.DisposeAsync();
        await engine.DisposeAsync();
        return Directory.GetFiles(scratch.Folder, "catalog.imagerec-*").FirstOrDefault() is { } companion
            ? $"after dispose '{companion}' is still there"
            : null;
    }

    private static Happened Run(RecommendationEngine<Thing> engine, RecommendationEngine<Thing> reader, Command command)
    {
        var start = Stopwatch.GetTimestamp();
        object? result;
        try
        {
            result = CallAsync(engine, reader, command).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            result = e;
        }
        return new Happened(command, start, Stopwatch.GetTimestamp(), result);
    }

    private static async Task<object?> CallAsync(RecommendationEngine<Thing> engine, RecommendationEngine<Thing> reader, Command command)
    {
        var options = new RecommendOptions<Thing> { Count = AnswerCount };
        switch (command.Kind)
        {
            case CommandKind.Ask:
                return new Answer(await engine.RecommendAsync(Things.Picture(Things.Row(command.Number)), options));
            case CommandKind.AskOwn:
                return new Answer(await engine.RecommendAsync(Things.Picture(Things.Row(new Thing(command.Id, command.Number))), options));
            case CommandKind.AskLike:
                return new Answer(await engine.RecommendLikeAsync([command.Id], options: options));
            case CommandKind.Get:
                return engine.TryGet(command.Id, out var thing) ? thing : null;
            case CommandKind.List:
                return engine.Items.ToList();
            case CommandKind.Upsert:
                return (await engine.UpsertAsync(Things.Catalog(command.Things))).Items;
            case CommandKind.Remove:
                return await engine.RemoveAsync(command.Things.Select(t => t.Id));
            case CommandKind.Rebuild:
                return (await engine.RebuildAsync(Things.Catalog(command.Things))).Items;
            case CommandKind.Backup:
                var copy = $"{engine.FilePath}.{command.Stamp}";
                await engine.BackupAsync(copy);
                await using (var backup = await Things.Builder().OpenAsync<Thing>(copy))
                    return backup.Items.ToList();
            case CommandKind.RefreshReader:
                await reader.RefreshAsync();
                return null;
            case CommandKind.AskReader:
                // Two calls: nothing else refreshes this engine between them but a command of another thread, so they are asked until they
                // agree.
                while (true)
                {
                    var items = reader.Items.ToList();
                    var hits = await reader.RecommendAsync(Things.Picture(Things.Row(command.Number)), options);
                    if (items.SequenceEqual(reader.Items))
                        return new Answer(hits, items);
                }
            default:
                await engine.DisposeAsync();
                return null;
        }
    }
}
