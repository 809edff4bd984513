using System.Numerics.Tensors;
using ImageRec.Answering;
using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Sharing.Answering;

/// <summary>
/// Turns a query row into recommendations, as the engine in one process does: filter, search, diversity, limits per property.
/// </summary>
/// <param name="state">The catalog.</param>
/// <param name="query">d values.</param>
/// <param name="image">Hash of the query image; null for a query without one.</param>
/// <param name="options">What to recommend.</param>
/// <param name="exclude">Ids that are never answers.</param>
internal sealed class SharedSelection<TItem>(
    SharedState<TItem> state, ReadOnlyMemory<float> query, UInt128? image, RecommendOptions<TItem> options, HashSet<string> exclude)
{
    private const int PoolFactor = 10;
    private const int MinPool = 100;
    private readonly Dictionary<SharedItem<TItem>, IReadOnlyList<Contribution>> _contributions = [];
    private SharedSearch<TItem>? _search;
    private AttributeRanking<TItem>? _attributes;

    public async Task<IReadOnlyList<Recommendation<TItem>>> SelectAsync(CancellationToken cancellationToken)
    {
        if (options.Attributes.Count > 0)
            _attributes = new(options.Attributes, await SampleAsync(cancellationToken).ConfigureAwait(false));
        var answers = options.Diversity > 0 || options.AtMostPer is not null
            ? await ChooseAsync(cancellationToken).ConfigureAwait(false)
            : await CandidatesAsync(options.Count, also: null, cancellationToken).ConfigureAwait(false);
        var part = state.Pipeline.Categories?.Part;
        var ofQuery = part?.Probabilities(query.Span);
        return [.. answers.Select(answer => Explain(answer, part, ofQuery))];
    }

    /// <summary>
    /// Picks from the most similar items; while that leaves too few, from the most similar of those that may still be picked.
    /// </summary>
    private async Task<List<SharedItem<TItem>>> ChooseAsync(CancellationToken cancellationToken)
    {
        // How many items have each value is not known here: the search ends when nothing is left.
        var limit = options.AtMostPer is { } wish ? new PropertyLimit<TItem>(wish, new Dictionary<PropertyValue, int>()) : null;
        var pool = (int)Math.Min(Math.Max((long)options.Count * PoolFactor, MinPool), int.MaxValue);
        var (answers, taken, takenRows) = (new List<SharedItem<TItem>>(), new HashSet<string>(), new List<ReadOnlyMemory<float>>());
        while (answers.Count < options.Count)
        {
            Func<SharedItem<TItem>, bool>? open = taken.Count == 0
                ? null
                : item => !taken.Contains(item.Id) && limit?.Allows(item.Item) != false;
            var candidates = await CandidatesAsync(pool, open, cancellationToken).ConfigureAwait(false);
            var picked = Pick(candidates, takenRows, options.Count - answers.Count, limit, cancellationToken);
            answers.AddRange(picked);
            taken.UnionWith(picked.Select(item => item.Id));
            if (candidates.Count < pool)
                break;
        }
        return answers;
    }

    private List<SharedItem<TItem>> Pick(
        List<SharedItem<TItem>> candidates, List<ReadOnlyMemory<float>> takenRows, int count, PropertyLimit<TItem>? limit,
        CancellationToken cancellationToken)
    {
        if (options.Diversity == 0)
            return [.. candidates.Where(MayPick).Take(count)];
        var matrix = new FeatureMatrix(candidates.Count, query.Length);
        for (var i = 0; i < candidates.Count; i++)
            candidates[i].Row.CopyTo(matrix[i]);
        var scores = candidates.Select(candidate => candidate.Score).ToArray();
        var picked = MaximalMarginalRelevance.Pick(
            scores, matrix, takenRows, count, options.Diversity, i => MayPick(candidates[i]), cancellationToken);
        takenRows.AddRange(picked.Select(i => (ReadOnlyMemory<float>)matrix.RowMemory(i)));
        return picked.ConvertAll(i => candidates[i]);

        bool MayPick(SharedItem<TItem> item)
        {
            if (limit?.Allows(item.Item) == false)
                return false;
            limit?.Take(item.Item);
            return true;
        }
    }

    private Task<List<SharedItem<TItem>>> CandidatesAsync(
        int count, Func<SharedItem<TItem>, bool>? also, CancellationToken cancellationToken) => _attributes is null
        ? ByImageAsync(count, also, cancellationToken)
        : ByImageAndAttributesAsync(_attributes, count, also, cancellationToken);

    private async Task<List<SharedItem<TItem>>> ByImageAsync(
        int count, Func<SharedItem<TItem>, bool>? also, CancellationToken cancellationToken)
    {
        var same = await SameImagesAsync(count, also, cancellationToken).ConfigureAwait(false);
        if (same.Count == count)
            return same;
        var ids = same.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var rest = await Search().FindAsync(
            count - same.Count, item => !ids.Contains(item.Id) && also?.Invoke(item) != false, options.MinScore ?? -1, cancellationToken)
            .ConfigureAwait(false);
        return [.. same, .. rest];
    }

    /// <summary>
    /// Reads the list of images from the top until nothing further down can be among the best, whatever its attributes are.
    /// </summary>
    private async Task<List<SharedItem<TItem>>> ByImageAndAttributesAsync(
        AttributeRanking<TItem> attributes, int count, Func<SharedItem<TItem>, bool>? also, CancellationToken cancellationToken)
    {
        for (var depth = Math.Max(MinPool, 4L * count); ; depth *= 4)
        {
            var most = (int)Math.Min(depth, int.MaxValue);
            var found = await Search().FindAsync(most, also, minScore: -1, cancellationToken).ConfigureAwait(false);
            var ranked = found.Select(item => (Item: item, Scored: attributes.Score(item.Item, item.Score)))
                .OrderByDescending(pair => pair.Scored.Score).ThenByDescending(pair => pair.Item.Score).Take(count).ToList();
            if (found.Count == most && !(ranked.Count == count && ranked[^1].Scored.Score > attributes.Bound(found[^1].Score)))
                continue;
            var answers = new List<SharedItem<TItem>>();
            foreach (var (item, scored) in ranked)
            {
                if (options.MinScore is { } least && scored.Score < least)
                    continue;
                // The search keeps its own scores, of the images alone.
                var answer = item.With(scored.Score);
                _contributions[answer] = scored.Contributions;
                answers.Add(answer);
            }
            return answers;
        }
    }

    /// <summary>Returns the items that show the query image itself, whatever rounding makes of their rows.</summary>
    private async Task<List<SharedItem<TItem>>> SameImagesAsync(
        int count, Func<SharedItem<TItem>, bool>? also, CancellationToken cancellationToken)
    {
        if (image is not { } hash)
            return [];
        var ids = await state.Index.FindPictureAsync(hash, cancellationToken).ConfigureAwait(false);
        if (ids.Count == 0)
            return [];
        var records = await state.Index.GetAsync(ids, cancellationToken).ConfigureAwait(false);
        var same = records.Where(record => record?.Picture == hash).Select(record => new SharedItem<TItem>(record!, state.Json, 1))
            .Where(item => Allows(item) && also?.Invoke(item) != false).Take(count).ToList();
        var rows = await state.Index.GetRowsAsync([.. same.Select(item => item.Id)], cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Length; i++)
            same[i].Row = rows[i];
        same.RemoveAll(item => item.Row is null);
        return same;
    }

    private SharedSearch<TItem> Search() => _search ??= new(state, query, image, state.FilterOf(options.Where), Allows);

    private bool Allows(SharedItem<TItem> item) => !exclude.Contains(item.Id) && options.Where?.Invoke(item.Item) != false;

    private async Task<List<TItem>> SampleAsync(CancellationToken cancellationToken)
    {
        var sample = new List<TItem>();
        await foreach (var ids in state.Index.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var record in await state.Index.GetAsync(ids, cancellationToken).ConfigureAwait(false))
                if (record is not null)
                    sample.Add(state.Json.Deserialize(record.Id, record.Json));
            if (sample.Count >= AttributeRanking<TItem>.SpreadItems)
                break;
        }
        return sample;
    }

    private Recommendation<TItem> Explain(SharedItem<TItem> answer, CategoryPart? part, float[]? ofQuery)
    {
        var contributions = _contributions.GetValueOrDefault(answer, []);
        var recommendation = new Recommendation<TItem>
        {
            Id = answer.Id, Item = answer.Item, Category = answer.Category, Score = answer.Score, Contributions = contributions,
            IsSamePicture = answer.Picture == image,
        };
        return recommendation.Explained(
            state.Pipeline.Scores.PercentileOf(contributions.Count > 0 ? contributions[0].Similarity : answer.Score),
            part is null ? null : Probability(answer, part.Value, ofQuery!));
    }

    /// <returns>Null for an item of a category that was not learned.</returns>
    private float? Probability(SharedItem<TItem> answer, CategoryPart part, float[] ofQuery) => !string.IsNullOrEmpty(answer.Category)
        ? state.Pipeline.Categories!.NumberOf(answer.Category) is >= 0 and var number ? ofQuery[number] : null
        : TensorPrimitives.Dot<float>(ofQuery, part.Probabilities(answer.Row));
}
