using System.Collections.Immutable;

namespace ImageRec.Torture.Kill;

/// <summary>Looks at the file a killed process left behind.</summary>
/// <param name="file">The file.</param>
/// <param name="allowed">What it may hold; null for no catalog.</param>
internal sealed class LeftBehind(string file, ImmutableSortedDictionary<string, Thing>?[] allowed)
{
    private const int Queries = 5;

    /// <summary>What it holds; null for no catalog.</summary>
    public ImmutableSortedDictionary<string, Thing>? Found { get; private set; }

    /// <summary>Opens, compares and asks.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public async Task<string?> WrongAsync(Random random)
    {
        try
        {
            await using var engine = await Things.Builder().OpenAsync<Thing>(file);
            Found = engine.Items.ToImmutableSortedDictionary(t => t.Id, t => t, StringComparer.Ordinal);
            if (!allowed.Any(things => things is not null && things.SequenceEqual(Found)))
                return Difference();
            if (await WrongBackupAsync() is { } backup)
                return backup;
            return engine.Count != Found.Count
                ? $"Count is {engine.Count} where there are {Found.Count} items"
                : await WrongAnswersAsync(engine, random);
        }
        catch (CatalogFileException) when (allowed.Contains(null))
        {
            Found = null;
            return null;
        }
        catch (Exception e)
        {
            return $"it does not open: {e.GetType().Name}: {e.Message}";
        }
    }

    /// <summary>A backup is there as a whole, or not at all. It may be of an earlier moment.</summary>
    private async Task<string?> WrongBackupAsync()
    {
        var backup = file + ChangingChild.BackupEnding;
        if (!File.Exists(backup))
            return null;
        try
        {
            await using var engine = await Things.Builder().OpenAsync<Thing>(backup);
            var things = engine.Items.ToList();
            var query = Things.Row(1);
            return Things.Wrong(await engine.RecommendAsync(Things.Picture(query)), things, query, count: 5);
        }
        catch (Exception e)
        {
            return $"the backup does not open: {e.GetType().Name}: {e.Message}";
        }
    }

    private async Task<string?> WrongAnswersAsync(RecommendationEngine<Thing> engine, Random random)
    {
        var things = Found!.Values.ToList();
        await using var fresh = await Things.Builder().BuildAsync(Things.Catalog(things));
        for (var i = 0; i < Queries; i++)
        {
            var count = random.Next(1, 12);
            var query = Things.Row(random.Next());
            var options = new RecommendOptions<Thing> { Count = count };
            var answer = await engine.RecommendAsync(Things.Picture(query), options);
            if (Things.Wrong(answer, things, query, count) is { } wrong)
                return $"a wrong answer: {wrong}";
            var renewed = await fresh.RecommendAsync(Things.Picture(query), options);
            if (!answer.Select(h => (h.Id, h.Score)).SequenceEqual(renewed.Select(h => (h.Id, h.Score))))
                return $"an answer differs from that of a fresh build: {Text(answer)} instead of {Text(renewed)}";
            var thing = things[random.Next(things.Count)];
            var like = await engine.RecommendLikeAsync([thing.Id], options: options);
            if (Things.Wrong(like, things, Things.Row(thing), count, except: thing.Id) is { } unlike)
                return $"a wrong answer to '{thing.Id}': {unlike}";
        }
        return null;
    }

    /// <summary>Says how far what is there is from the nearest state that is allowed.</summary>
    private string Difference() => string.Join("; or ", allowed.Select(things =>
    {
        if (things is null)
            return "there should be no catalog";
        var lost = things.Where(t => !Found!.TryGetValue(t.Key, out var found) || found != t.Value).Select(t => t.Value).ToList();
        var extra = Found!.Where(t => !things.TryGetValue(t.Key, out var wanted) || wanted != t.Value).Select(t => t.Value).ToList();
        return $"of {things.Count} things {lost.Count} are not there ({string.Join(", ", lost.Take(3))}) and {extra.Count} are there that "
            + $"should not ({string.Join(", ", extra.Take(3))})";
    }));

    private static string Text(IReadOnlyList<Recommendation<Thing>> answer) => string.Join(", ", answer.Select(h => $"{h.Id} {h.Score:R}"));
}
