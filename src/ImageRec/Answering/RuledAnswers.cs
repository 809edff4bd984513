namespace ImageRec.Answering;

/// <summary>Applies rules to the answers of a query, in the order that <see cref="Rules{TItem}"/> states.</summary>
/// <param name="rules">What to apply.</param>
/// <param name="options">What to recommend.</param>
/// <param name="source">Answers the query.</param>
internal sealed class RuledAnswers<TItem>(RuleSet<TItem> rules, RecommendOptions<TItem> options, IRuleSource<TItem> source)
{
    private const string Pinned = "pinned";
    private const string FilledIn = "fallback";
    private const int PoolFactor = 10;
    private const int MinPool = 50;

    private readonly HashSet<string> _excludedIds = [.. rules.ExcludedIds.SelectMany(ids => ids() ?? [])];
    private readonly IReadOnlyList<HashSet<object>> _same =
        [.. rules.Same.Select(property => source.QueryItems.Select(property).OfType<object>().ToHashSet())];

    public async Task<IReadOnlyList<Recommendation<TItem>>> SelectAsync(CancellationToken cancellationToken)
    {
        var pins = await PinsAsync(cancellationToken).ConfigureAwait(false);
        var taken = pins.Values.Select(pin => pin.Id).ToHashSet(StringComparer.Ordinal);
        var limits = new RuleLimits<TItem>([.. rules.Limits, .. options.AtMostPer is { } own ? [own] : Array.Empty<AtMostPer<TItem>>()]);
        foreach (var pin in pins.Values)
            limits.Take(pin.Item);
        var others = await OthersAsync(options.Count - pins.Count, taken, limits, cancellationToken).ConfigureAwait(false);
        if (rules.Fallback is { } fallback)
        {
            var wanted = Math.Min(fallback.FewerThan, options.Count) - pins.Count;
            await FillAsync(others, wanted, fallback.Ids, taken, limits, cancellationToken).ConfigureAwait(false);
        }
        return Place(pins, others);
    }

    /// <summary>Puts pinned answers to their places and the others between them.</summary>
    private static List<Recommendation<TItem>> Place(SortedDictionary<int, Recommendation<TItem>> pins, List<Recommendation<TItem>> others)
    {
        var answers = new List<Recommendation<TItem>>(pins.Count + others.Count);
        var next = 0;
        foreach (var (place, pin) in pins)
        {
            while (answers.Count < place - 1 && next < others.Count)
                answers.Add(others[next++]);
            answers.Add(pin);
        }
        answers.AddRange(others.Skip(next));
        return answers;
    }

    private async Task<SortedDictionary<int, Recommendation<TItem>>> PinsAsync(CancellationToken cancellationToken)
    {
        var pins = new SortedDictionary<int, Recommendation<TItem>>();
        var places = rules.Pins.Where(pin => pin.Place <= options.Count)
            .ToDictionary(pin => pin.Id, pin => pin.Place, StringComparer.Ordinal);
        if (places.Count == 0)
            return pins;
        foreach (var found in await source.FindAsync(places.Keys, cancellationToken).ConfigureAwait(false))
        {
            if (!IsExcluded(found.Answer.Id, found.Answer.Item))
                pins[places[found.Answer.Id]] = found.Answer.Touched([Pinned]);
        }
        return pins;
    }

    /// <summary>Chooses the answers that no place is held for.</summary>
    private async Task<List<Recommendation<TItem>>> OthersAsync(
        int count, HashSet<string> taken, RuleLimits<TItem> limits, CancellationToken cancellationToken)
    {
        if (count == 0)
            return [];
        float? least = options.MinScore is null && rules.MinScore is null
            ? null : Math.Max(options.MinScore ?? -1, rules.MinScore ?? -1);
        var picked = rules.Reorders || options.Diversity > 0
            ? await RankAsync(count, least, taken, limits, cancellationToken).ConfigureAwait(false)
            : await InOrderAsync(count, least, taken, limits, cancellationToken).ConfigureAwait(false);
        taken.UnionWith(picked.Select(answer => answer.Id));
        return picked;
    }

    /// <summary>
    /// Takes the most similar items; while that leaves too few, the most similar of those that may still be taken. Each round fills the
    /// list or takes at least one, and most queries need one round, which looks at few items only.
    /// </summary>
    private async Task<List<Recommendation<TItem>>> InOrderAsync(
        int count, float? least, HashSet<string> taken, RuleLimits<TItem> limits, CancellationToken cancellationToken)
    {
        var picked = new List<Recommendation<TItem>>();
        var seen = new HashSet<string>(taken, StringComparer.Ordinal);
        var depth = (int)Math.Min(2L * options.Count, Array.MaxLength);
        for (Func<string, TItem, bool>? open = null; ; open = (id, item) =>
            !seen.Contains(id) && !IsExcluded(id, item) && limits.Allows(item))
        {
            var found = await source.SearchAsync(depth, least, open, cancellationToken).ConfigureAwait(false);
            foreach (var (answer, _, _) in found)
            {
                if (picked.Count == count)
                    break;
                if (seen.Contains(answer.Id) || IsExcluded(answer.Id, answer.Item) || !limits.TryTake(answer.Item))
                    continue;
                seen.Add(answer.Id);
                picked.Add(answer);
            }
            if (picked.Count == count || found.Count < depth)
                return picked;
        }
    }

    /// <summary>Ranks the most similar items that may be answers; more of them while limits leave too few.</summary>
    private async Task<List<Recommendation<TItem>>> RankAsync(
        int count, float? least, HashSet<string> taken, RuleLimits<TItem> limits, CancellationToken cancellationToken)
    {
        bool IsOpen(string id, TItem item) => !taken.Contains(id) && !IsExcluded(id, item);
        Func<string, TItem, bool>? also = null;
        for (var pool = Math.Max(MinPool, (long)options.Count * PoolFactor); ;)
        {
            var depth = (int)Math.Min(pool, Array.MaxLength);
            var found = await source.SearchAsync(depth, least, also, cancellationToken).ConfigureAwait(false);
            var open = found.Where(answer => also is not null || IsOpen(answer.Answer.Id, answer.Answer.Item));
            var ranked = rules.Reorders
                ? open.Select(Rank).OrderBy(answer => answer.Level).ThenByDescending(answer => answer.Rank).ToList() : [.. open];
            if (also is null && ranked.Count < found.Count && found.Count == depth)
            {
                // What is left out is left out by the search from now on, so that the pool is of items that may be answers.
                also = IsOpen;
                continue;
            }
            var (left, picked) = (limits.Copy(), new List<Recommendation<TItem>>());
            if (options.Diversity > 0)
            {
                foreach (var level in ranked.GroupBy(answer => answer.Level).TakeWhile(_ => picked.Count < count))
                    picked.AddRange((await source.VaryAsync([.. level], count - picked.Count, left.TryTake, cancellationToken)
                        .ConfigureAwait(false)).Select(answer => answer.Answer));
            }
            else
            {
                picked.AddRange(ranked.Select(answer => answer.Answer).Where(answer => left.TryTake(answer.Item)).Take(count));
            }
            if (picked.Count == count || found.Count < depth)
            {
                picked.ForEach(answer => limits.Take(answer.Item));
                return picked;
            }
            pool *= 4;
            also = IsOpen;
        }
    }

    private async Task FillAsync(
        List<Recommendation<TItem>> others, int count, Func<IEnumerable<string>>? ids, HashSet<string> taken, RuleLimits<TItem> limits,
        CancellationToken cancellationToken)
    {
        if (others.Count >= count)
            return;
        if (ids is null)
        {
            var nearest = await source.SearchAsync(1, minScore: null, also: null, cancellationToken).ConfigureAwait(false);
            ids = () => source.Medoids(nearest.Count > 0 ? nearest[0].Answer.Category : null);
        }
        foreach (var more in await source.FindAsync(ids() ?? [], cancellationToken).ConfigureAwait(false))
        {
            if (others.Count >= count)
                break;
            if (!IsExcluded(more.Answer.Id, more.Answer.Item) && !taken.Contains(more.Answer.Id) && limits.TryTake(more.Answer.Item))
            {
                taken.Add(more.Answer.Id);
                others.Add(more.Answer.Touched([FilledIn]));
            }
        }
    }

    private RankedAnswer<TItem> Rank(RankedAnswer<TItem> answer)
    {
        var rank = answer.Rank;
        List<string>? names = null;
        foreach (var (name, value, weight) in rules.Blends)
        {
            var own = value(answer.Answer.Item);
            rank = ((1 - weight) * rank) + (weight * (float.IsNaN(own) ? 0 : Math.Clamp(own, 0, 1)));
            if (weight > 0)
                (names ??= []).Add(name);
        }
        foreach (var (name, by) in rules.Boosts)
        {
            if (by(answer.Answer.Item) is not { } more)
                continue;
            rank += more;
            (names ??= []).Add(name);
        }
        return names is null ? answer with { Rank = rank } : answer with { Rank = rank, Answer = answer.Answer.Touched(names) };
    }

    private bool IsExcluded(string id, TItem item)
    {
        if (_excludedIds.Contains(id))
            return true;
        foreach (var excluded in rules.Excluded)
        {
            if (excluded(item))
                return true;
        }
        for (var i = 0; i < _same.Count; i++)
        {
            if (_same[i].Count > 0 && rules.Same[i](item) is { } value && _same[i].Contains(value))
                return true;
        }
        return false;
    }
}
