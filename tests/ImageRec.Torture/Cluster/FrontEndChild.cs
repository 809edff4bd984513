using System.Diagnostics;
using System.Globalization;

namespace ImageRec.Torture.Cluster;

/// <summary>
/// A front end in a process of its own: changes things that are its alone and says of each change when it begins and when it is
/// acknowledged; asks all the time and looks at every answer.
/// </summary>
internal static class FrontEndChild
{
    public const string Role = "cluster-serves";
    private const int Own = 60;
    private const int Count = 10;
    private static readonly Lock s_saying = new();

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (connection, name, seed) = (arguments[0], arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var ended = Processes.WritingChild.EndOfInput();
        await using var engine = await Things.Builder().OpenAsync<Thing>(SharedThings.At(connection, 5));
        Say("open");
        await Task.WhenAll(ChangeAsync(engine, name, seed, ended), AskAsync(engine, seed, ended));
        return 0;
    }

    private static async Task ChangeAsync(SharedRecommendationEngine<Thing> engine, string name, int seed, Task ended)
    {
        var random = new Random(seed);
        for (var stamp = seed * 1_000_000 + 1; !ended.IsCompleted; stamp++)
        {
            var ids = Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"{name} {random.Next(Own)}").Distinct().ToList();
            var removes = random.Next(4) == 0;
            // "0" stands for a thing that is not there.
            var wanted = removes ? 0 : stamp;
            Say($"begin {string.Join('|', ids)}|{wanted}");
            // The same call again finishes what a failure has left.
            while (!ended.IsCompleted)
            {
                try
                {
                    if (removes)
                        await engine.RemoveAsync(ids);
                    else
                        await engine.UpsertAsync(Things.Catalog(ids.Select(id => new Thing(id, wanted))));
                    Say($"done {string.Join('|', ids)}|{wanted}|{Stopwatch.GetTimestamp()}");
                    break;
                }
                catch (SharedCatalogException e)
                {
                    Say($"refused {e.Message}");
                }
            }
        }
    }

    private static async Task AskAsync(SharedRecommendationEngine<Thing> engine, int seed, Task ended)
    {
        for (var i = 0; !ended.IsCompleted; i++)
        {
            var query = Things.Row(seed + i);
            try
            {
                var answer = await engine.RecommendAsync(Things.Picture(query), Count);
                Say(SharedThings.Wrong(answer, query, Count) is { } wrong ? $"wrong {wrong}" : $"answered {Stopwatch.GetTimestamp()}");
            }
            catch (SharedCatalogException e)
            {
                Say($"failed {e.Message}");
            }
            await Task.Delay(5);
        }
    }

    private static void Say(FormattableString line) => Say(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line)
    {
        lock (s_saying)
        {
            Console.Out.WriteLine(line.ReplaceLineEndings(" "));
            Console.Out.Flush();
        }
    }
}
