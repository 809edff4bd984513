using System.Collections.Immutable;

namespace ImageRec.Torture.Kill;

/// <summary>The changes of one round. Parent and child make the same ones from the same seed and the same things.</summary>
internal sealed class ChangeScript(int seed, int round)
{
    private const int Fewest = 20;
    private const int Most = 80;
    private readonly Random _random = new(unchecked(seed * 100_003 + round));
    private int _stamp = (round + 1) * 10_000;

    /// <summary>The next change.</summary>
    /// <param name="things">What the catalog holds; null when it was never built.</param>
    public Change Next(ImmutableSortedDictionary<string, Thing>? things)
    {
        _stamp++;
        if (things is null)
            return Listed(ChangeKind.Build, [.. Enumerable.Range(0, _random.Next(Fewest, Most)).Select(New).DistinctBy(t => t.Id)]);
        return _random.Next(12) switch
        {
            0 => Listed(ChangeKind.Build, Changed(things)),
            1 => Listed(ChangeKind.Rebuild, Changed(things)),
            2 => new Change(ChangeKind.Reopen, [], things),
            3 => new Change(ChangeKind.Backup, [], things),
            < 7 when things.Count > Fewest => Remove(things),
            _ => Upsert(things),
        };
    }

    private static Change Listed(ChangeKind kind, IReadOnlyList<Thing> things) =>
        new(kind, things, things.ToImmutableSortedDictionary(t => t.Id, t => t, StringComparer.Ordinal));

    /// <summary>A list with some left out, some replaced and some new.</summary>
    private List<Thing> Changed(ImmutableSortedDictionary<string, Thing> things)
    {
        var list = new List<Thing>();
        foreach (var thing in things.Values)
        {
            var choice = _random.Next(10);
            if (choice > 1)
                list.Add(choice < 5 ? thing with { Stamp = _stamp } : thing);
        }
        while (list.Count < Fewest)
            list.Add(New(0));
        list.AddRange(Enumerable.Range(0, _random.Next(Math.Max(1, Most / 2 - list.Count / 2))).Select(New));
        return [.. list.DistinctBy(t => t.Id)];
    }

    private Change Upsert(ImmutableSortedDictionary<string, Thing> things)
    {
        var replaced = Some(things, _random.Next(1, 7)).Select(t => t with { Stamp = _stamp });
        var added = things.Count < Most ? Enumerable.Range(0, _random.Next(1, 7)).Select(New) : [];
        List<Thing> list = [.. replaced.Concat(added).DistinctBy(t => t.Id)];
        return new Change(ChangeKind.Upsert, list, things.SetItems(list.Select(t => KeyValuePair.Create(t.Id, t))));
    }

    private Change Remove(ImmutableSortedDictionary<string, Thing> things)
    {
        List<Thing> list = [.. Some(things, _random.Next(1, 9)).DistinctBy(t => t.Id)];
        return new Change(ChangeKind.Remove, list, things.RemoveRange(list.Select(t => t.Id)));
    }

    private List<Thing> Some(ImmutableSortedDictionary<string, Thing> things, int count)
    {
        var all = things.Values.ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => all[_random.Next(all.Length)])];
    }

    private Thing New(int _) => new($"thing {_random.Next(1000):D3}", _stamp);
}
