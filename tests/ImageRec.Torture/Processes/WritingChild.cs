using System.Diagnostics;
using System.Globalization;

namespace ImageRec.Torture.Processes;

/// <summary>
/// The writer in a process of its own: changes the catalog all the time, small changes and large ones, and says when each is done.
/// </summary>
internal static class WritingChild
{
    public const string Role = "processes-writes";

    /// <summary>The id of the item whose stamp tells which change a reader has seen.</summary>
    public const string Clock = "clock";

    private const int Large = 2000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (file, count, random) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture),
            new Random(int.Parse(arguments[2], CultureInfo.InvariantCulture)));
        var ended = EndOfInput();
        try
        {
            await using var engine = await Things.Builder().OpenAsync<Thing>(file);
            var refused = false;
            for (var stamp = 1; !ended.IsCompleted; stamp++)
            {
                var size = random.Next(20) == 0 ? Large : random.Next(1, 20);
                var things = Enumerable.Range(0, size).Select(_ => new Thing($"thing {random.Next(count)}", stamp)).DistinctBy(t => t.Id);
                await engine.UpsertAsync(Things.Catalog(things.Append(new Thing(Clock, stamp))));
                Say(string.Create(CultureInfo.InvariantCulture, $"done {stamp} {Stopwatch.GetTimestamp()}"));
                if (random.Next(10) == 0)
                {
                    var gone = $"thing {random.Next(count)}";
                    await engine.RemoveAsync(gone);
                    await engine.UpsertAsync(Things.Catalog([new Thing(gone, stamp)]));
                }
                if (!refused)
                    refused = await SecondWriterAsync(file);
                await Task.Delay(random.Next(100));
            }
        }
        catch (Exception e)
        {
            Say($"failed {e.ToString().ReplaceLineEndings(" ")}");
            return 1;
        }
        return 0;
    }

    /// <summary>Completes when the parent asks for the end.</summary>
    public static Task EndOfInput() => Task.Run(() =>
    {
        while (Console.In.ReadLine() is not null)
            continue;
    });

    /// <summary>A second writer gets a sentence.</summary>
    private static async Task<bool> SecondWriterAsync(string file)
    {
        await using var second = await Things.Builder().OpenAsync<Thing>(file);
        try
        {
            await second.UpsertAsync(Things.Catalog([new Thing("second", 0)]));
            Say("wrong a second writer is let in");
        }
        catch (CatalogFileException e)
        {
            Say($"refused {e.Message}");
        }
        return true;
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
