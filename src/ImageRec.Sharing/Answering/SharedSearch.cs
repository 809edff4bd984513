using System.Numerics.Tensors;
using ImageRec.Sharing.Stores;

namespace ImageRec.Sharing.Answering;

/// <summary>
/// Finds the items most similar to a row: asks all shards at once, merges, and goes deeper while too few match. What shards cannot be
/// shown to have told in full is looked for item by item, so that fewer come back only when fewer match.
/// </summary>
/// <param name="state">The catalog.</param>
/// <param name="query">d values of length 1, or all 0.</param>
/// <param name="image">Hash of the query image; null for a query without one.</param>
/// <param name="filter">What the store applies; null for nothing.</param>
/// <param name="allows">What is judged here.</param>
internal sealed class SharedSearch<TItem>(
    SharedState<TItem> state, ReadOnlyMemory<float> query, UInt128? image, AttributeFilter? filter, Func<SharedItem<TItem>, bool> allows)
{
    // Deeper than that, reading the items one after another is cheaper than one reply that holds them all.
    private const int MostDepth = 4096;

    // Stores add up in another order than we do.
    private const float Rounding = 1e-5f;

    private readonly Dictionary<string, SharedItem<TItem>?> _seen = new(StringComparer.Ordinal);
    private readonly int[] _depths = new int[state.Manifest.Shards];
    private readonly bool[] _isShort = new bool[state.Manifest.Shards];
    private readonly int[] _returned = new int[state.Manifest.Shards];
    private readonly bool[] _isOpen = [.. Enumerable.Repeat(true, state.Manifest.Shards)];
    private readonly float[] _last = [.. Enumerable.Repeat(float.PositiveInfinity, state.Manifest.Shards)];

    /// <summary>Gets the score that items which no shard has returned yet have at most.</summary>
    private float Bound => Enumerable.Range(0, _last.Length).Where(i => _isOpen[i]).Select(i => _last[i]).DefaultIfEmpty(-2).Max();

    /// <param name="count">How many to find.</param>
    /// <param name="also">A further condition; null for none.</param>
    /// <param name="minScore">The least score.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Best first by exact score, equal ones in ordinal order of their ids; with their rows.</returns>
    public async Task<List<SharedItem<TItem>>> FindAsync(
        int count, Func<SharedItem<TItem>, bool>? also, float minScore, CancellationToken cancellationToken)
    {
        if (!query.Span.ContainsAnyExcept(0f))
            return await ScanAsync(count, also, minScore, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var bound = Bound;
            var found = _seen.Values.OfType<SharedItem<TItem>>().Where(item => item.Score >= bound && also?.Invoke(item) != false)
                .OrderByDescending(item => item.Score).ToList();
            var isOpen = _isOpen.Contains(true);
            // A shard that has returned fewer than it was asked for may still have others: that it has is known only by counting.
            if (found.Count >= count
                || ((!isOpen || bound < minScore - Rounding) && await HasSeenAllOfClosedAsync(cancellationToken).ConfigureAwait(false)))
            {
                // Those that rounding may put among the best, too.
                var least = found.Count > count ? found[count - 1].Score - Rounding : float.NegativeInfinity;
                found.RemoveAll(item => item.Score < least);
                if (await TryScoreAsync(found, cancellationToken).ConfigureAwait(false))
                    return Best(found, count, minScore);
                continue;
            }
            if (!isOpen || bound < minScore - Rounding || _depths.Max() >= MostDepth)
                return await ScanAsync(count, also, minScore, cancellationToken).ConfigureAwait(false);
            await DeepenAsync(count, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns whether the shards that have returned fewer than they were asked for have no others.</summary>
    private async Task<bool> HasSeenAllOfClosedAsync(CancellationToken cancellationToken)
    {
        if (!_isShort.Contains(true))
            return true;
        // Of those that a filter lets through, nobody says how many there are.
        if (filter is not null)
            return false;
        var counts = await state.Index.CountAsync(cancellationToken).ConfigureAwait(false);
        return !Enumerable.Range(0, counts.Length).Any(i => _isShort[i] && _returned[i] < counts[i]);
    }

    private async Task DeepenAsync(int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _depths.Length; i++)
            _depths[i] = !_isOpen[i] ? 0 : _depths[i] == 0 ? (int)Math.Min(count + 2L, MostDepth) : Math.Min(4 * _depths[i], MostDepth);
        var effort = filter is null ? state.Effort : state.FilteredEffort;
        var answers = await state.Index.SearchAsync(query, _depths, effort, filter, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i] is not { } answer)
            {
                // It was left out, or is away where the query is answered without it.
                _isOpen[i] = false;
                continue;
            }
            foreach (var (record, score) in answer.Hits)
            {
                if (_seen.ContainsKey(record.Id))
                    continue;
                var item = new SharedItem<TItem>(record, state.Json, score);
                _seen.Add(record.Id, allows(item) ? item : null);
            }
            _isOpen[i] = answer.Hits.Count >= _depths[i];
            (_isShort[i], _returned[i]) = (!_isOpen[i], answer.Hits.Count);
            _last[i] = answer.Hits.Count > 0 ? answer.Hits[^1].Score : -2;
        }
    }

    /// <summary>Scores items by their rows.</summary>
    /// <returns>False when some are gone or changed since they were found: there may be others to take their place.</returns>
    private async Task<bool> TryScoreAsync(List<SharedItem<TItem>> items, CancellationToken cancellationToken)
    {
        var open = items.Where(item => item.Row is null).ToList();
        if (open.Count == 0)
            return true;
        // Some stores give out the rows of what they find.
        var apart = open.Where(item => item.Record.Row.IsEmpty).ToList();
        var rows = await state.Index.GetRowsAsync([.. apart.Select(item => item.Id)], cancellationToken).ConfigureAwait(false);
        var read = apart.Zip(rows).ToDictionary(pair => pair.First, pair => pair.Second);
        var others = new List<string>();
        for (var i = 0; i < open.Count; i++)
        {
            var own = read.TryGetValue(open[i], out var found) ? found : open[i].Record.Row.ToArray();
            if (own is { } row && RecordsWithRows.Belongs(open[i].Record, row))
                Score(open[i], row);
            else
                others.Add(open[i].Id);
        }
        // Gone or changed since they were found.
        var pairs = await RecordsWithRows.ReadAsync(state.Index, others, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < pairs.Length; i++)
        {
            _seen[others[i]] = null;
            if (pairs[i] is not var (record, row))
                continue;
            var item = new SharedItem<TItem>(record, state.Json, 0);
            Score(item, row);
            if (allows(item))
                _seen[others[i]] = item;
        }
        return others.Count == 0;
    }

    private void Score(SharedItem<TItem> item, float[] row) =>
        (item.Row, item.Score) = (row, item.Picture == image ? 1 : TensorPrimitives.Dot(query.Span, row));

    /// <summary>Looks at every item of the catalog, some hundreds at a time.</summary>
    private async Task<List<SharedItem<TItem>>> ScanAsync(
        int count, Func<SharedItem<TItem>, bool>? also, float minScore, CancellationToken cancellationToken)
    {
        var best = new List<SharedItem<TItem>>();
        await foreach (var ids in state.Index.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            var pairs = await RecordsWithRows.ReadAsync(
                state.Index, [.. ids.Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
            foreach (var (record, row) in pairs.OfType<(SharedRecord, float[])>())
            {
                var item = new SharedItem<TItem>(record, state.Json, 0);
                if (best.Exists(other => other.Id == item.Id) || !allows(item) || also?.Invoke(item) == false)
                    continue;
                Score(item, row);
                best.Add(item);
            }
            best = Best(best, count, minScore);
        }
        return best;
    }

    private List<SharedItem<TItem>> Best(List<SharedItem<TItem>> items, int count, float minScore) =>
        [.. items.Where(item => item.Score >= minScore).OrderByDescending(item => item.Score)
            .ThenByDescending(item => item.Picture == image).ThenBy(item => item.Id, StringComparer.Ordinal).Take(count)];
}
