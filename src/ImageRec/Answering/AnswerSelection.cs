using System.Numerics.Tensors;
using ImageRec.Indexing;
using ImageRec.Learning;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>Turns a query row into recommendations: filter, search, diversity, limits per property. All of it from one moment.</summary>
/// <param name="moment">Items and models.</param>
/// <param name="rows">The rows of the same moment.</param>
/// <param name="counts">How many items have each value of a property.</param>
/// <param name="query">d values.</param>
/// <param name="image">Hash of the query image; null for a query without one.</param>
/// <param name="options">What to recommend.</param>
/// <param name="exclude">Keys that are never answers.</param>
/// <param name="liked">The items that the query is made of; null for a query by picture or vector.</param>
internal sealed partial class AnswerSelection<TItem>(
    Moment<TItem> moment, IRowView rows, PropertyCounts<TItem> counts, ReadOnlyMemory<float> query, UInt128? image,
    RecommendOptions<TItem> options, HashSet<int>? exclude, IReadOnlyList<TItem>? liked = null)
{
    // Varied answers are chosen among this many times as many similar ones.
    private const int PoolFactor = 10;
    private const int MinPool = 100;
    private readonly ItemTable<TItem> _items = moment.Items;
    private readonly CategoryOrder<TItem>? _order = CategoryOrder<TItem>.Of(moment.Pipeline, moment.Items, query.Span);
    private readonly AttributeRanking<TItem>? _attributes = options.Attributes.Count == 0 ? null : new(options.Attributes, moment.Items);

    public async Task<IReadOnlyList<Recommendation<TItem>>> SelectAsync(CancellationToken cancellationToken)
    {
        var answers = options.Rules is { } rules ? await RuledAsync(rules, cancellationToken).ConfigureAwait(false)
            : options.Diversity > 0 || options.AtMostPer is not null
            ? await ChooseAsync(cancellationToken).ConfigureAwait(false)
            : await CandidatesAsync(options.Count, also: null, options.MinScore, cancellationToken).ConfigureAwait(false);
        return await ExplainAsync(answers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Picks from the most similar items; while that leaves too few, from the most similar of those that may still be picked. Each round
    /// fills the list or uses a value of the limited property up, so rounds are at most as many as answers.
    /// </summary>
    private async Task<List<Candidate>> ChooseAsync(CancellationToken cancellationToken)
    {
        var limit = options.AtMostPer is { } wish
            ? new PropertyLimit<TItem>(wish, counts.Of(wish.Property, _items, cancellationToken))
            : null;
        var pool = (int)Math.Min(Math.Max((long)options.Count * PoolFactor, MinPool), Math.Max(_items.Count, 1));
        var (answers, taken, takenRows) = (new List<Candidate>(), new HashSet<int>(), new List<ReadOnlyMemory<float>>());
        while (answers.Count < options.Count && limit?.IsFull != true)
        {
            Func<ItemRecord<TItem>, bool>? open = taken.Count == 0 ? null : record => !taken.Contains(record.Key)
                && limit?.Allows(record.Item) != false;
            var candidates = await CandidatesAsync(pool, open, options.MinScore, cancellationToken).ConfigureAwait(false);
            var picked = options.Diversity > 0
                ? await PickVariedByLevelAsync(candidates, takenRows, options.Count - answers.Count, limit, cancellationToken)
                .ConfigureAwait(false)
                : PickFirst(candidates, options.Count - answers.Count, limit);
            answers.AddRange(picked);
            taken.UnionWith(picked.Select(candidate => candidate.Key));
            // All that may be picked was there.
            if (candidates.Count < pool)
                break;
        }
        return answers;
    }

    private static List<Candidate> PickFirst(List<Candidate> candidates, int count, PropertyLimit<TItem>? limit)
    {
        var picked = new List<Candidate>();
        foreach (var candidate in candidates)
        {
            if (picked.Count == count)
                break;
            if (limit?.Allows(candidate.Answer.Item) == false)
                continue;
            limit?.Take(candidate.Answer.Item);
            picked.Add(candidate);
        }
        return picked;
    }

    /// <summary>Varies the answers of one category before those of the next, where the category comes first.</summary>
    private async Task<List<Candidate>> PickVariedByLevelAsync(
        List<Candidate> candidates, List<ReadOnlyMemory<float>> takenRows, int count, PropertyLimit<TItem>? limit,
        CancellationToken cancellationToken)
    {
        var picked = new List<Candidate>();
        foreach (var level in candidates.GroupBy(candidate => candidate.Level))
            if (picked.Count < count)
                picked.AddRange(await PickVariedAsync([.. level], takenRows, count - picked.Count, limit, cancellationToken)
                    .ConfigureAwait(false));
        return picked;
    }

    private async Task<List<Candidate>> PickVariedAsync(
        List<Candidate> candidates, List<ReadOnlyMemory<float>> takenRows, int count, PropertyLimit<TItem>? limit,
        CancellationToken cancellationToken)
    {
        var matrix = new FeatureMatrix(candidates.Count, query.Length);
        for (var i = 0; i < candidates.Count; i++)
            await rows.TryGetRowAsync(candidates[i].Key, matrix.RowMemory(i), cancellationToken).ConfigureAwait(false);
        var scores = candidates.Select(c => c.Answer.Score).ToArray();
        var picked = MaximalMarginalRelevance.Pick(scores, matrix, takenRows, count, options.Diversity, MayPick, cancellationToken);
        takenRows.AddRange(picked.Select(i => (ReadOnlyMemory<float>)matrix.RowMemory(i)));
        return picked.ConvertAll(i => candidates[i]);

        bool MayPick(int candidate)
        {
            var item = candidates[candidate].Answer.Item;
            if (limit?.Allows(item) == false)
                return false;
            limit?.Take(item);
            return true;
        }
    }

    private Task<List<Candidate>> CandidatesAsync(
        int count, Func<ItemRecord<TItem>, bool>? also, float? minScore, CancellationToken cancellationToken) =>
        _attributes is null ? ByImageAsync(count, also, minScore, cancellationToken)
            : ByImageAndAttributesAsync(_attributes, count, also, minScore, cancellationToken);

    /// <summary>
    /// Reads the list of images from the top until nothing further down can be among the best, whatever its attributes are (Fagin, Lotem
    /// and Naor's threshold algorithm, PODS 2001).
    /// </summary>
    private async Task<List<Candidate>> ByImageAndAttributesAsync(
        AttributeRanking<TItem> attributes, int count, Func<ItemRecord<TItem>, bool>? also, float? minScore,
        CancellationToken cancellationToken)
    {
        for (var depth = Math.Max(MinPool, 4L * count); ; depth *= 4)
        {
            var best = new Neighbor[(int)Math.Min(depth, Math.Max(_items.Count, 1))];
            var found = await SearchAsync(best, Filter(also), minScore: -1, cancellationToken).ConfigureAwait(false);
            var scored = new List<Candidate>(found);
            for (var i = 0; i < found; i++)
                if (_items.ByKey(best[i].Key) is { } record)
                    scored.Add(CandidateOf(record, With(attributes, Recommendation(record, best[i].Score))));
            cancellationToken.ThrowIfCancellationRequested();
            var ranked = scored.OrderBy(s => s.Level).ThenByDescending(s => s.Answer.Score).ThenBy(s => s.Key).Take(count).ToList();
            if (found < best.Length || best.Length >= _items.Count
                || (ranked.Count == count && IsBeyond(ranked[^1], attributes.Bound(best[found - 1].Score), scored[^1].Level)))
                return minScore is { } least ? ranked.FindAll(candidate => candidate.Answer.Score >= least) : ranked;
        }
    }

    /// <summary>Returns whether an answer comes before all that a search down to a level has not found yet.</summary>
    private static bool IsBeyond(Candidate answer, float boundOfOthers, int level) =>
        answer.Level < level || answer.Answer.Score > boundOfOthers;

    private static Recommendation<TItem> With(AttributeRanking<TItem> attributes, Recommendation<TItem> byImage)
    {
        var (score, contributions) = attributes.Score(byImage.Item, byImage.Score);
        return byImage.Rescored(score, contributions);
    }

    private async Task<List<Candidate>> ByImageAsync(
        int count, Func<ItemRecord<TItem>, bool>? also, float? minScore, CancellationToken cancellationToken)
    {
        var filter = Filter(also);
        var candidates = SameImages(count, filter);
        var same = candidates.Select(candidate => candidate.Key).ToHashSet();
        var best = new Neighbor[Math.Min(count, Math.Max(_items.Count, 1))];
        var found = await SearchAsync(best, filter, minScore ?? -1, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < found && candidates.Count < count; i++)
            if (!same.Contains(best[i].Key) && _items.ByKey(best[i].Key) is { } record)
                candidates.Add(CandidateOf(record, Recommendation(record, best[i].Score)));
        return candidates;
    }

    private ValueTask<int> SearchAsync(Memory<Neighbor> best, RowFilter? filter, float minScore, CancellationToken cancellationToken) =>
        _order?.SearchAsync(rows, best, filter, minScore, cancellationToken)
            ?? rows.SearchAsync(query, best, filter, minScore, cancellationToken);

    private Candidate CandidateOf(ItemRecord<TItem> record, Recommendation<TItem> answer) =>
        new(record.Key, answer, _order?.LevelOf(record) ?? 0);

    /// <summary>
    /// Returns the items that show the query image itself, first in catalog order, whatever rounding makes of their rows.
    /// </summary>
    private List<Candidate> SameImages(int count, RowFilter? filter) => image is not { } hash ? [] :
    [
        .. _items.AllByImage(hash).Where(record => filter?.Invoke(record.Key) != false).OrderBy(record => record.Key).Take(count)
            .Select(record => CandidateOf(record, Recommendation(record, 1)))
    ];

    /// <summary>Adds what the scores mean.</summary>
    private async Task<IReadOnlyList<Recommendation<TItem>>> ExplainAsync(List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var part = moment.Pipeline.Categories?.Part;
        var ofQuery = part?.Probabilities(query.Span);
        var answers = new Recommendation<TItem>[candidates.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            var answer = candidates[i].Answer;
            answers[i] = answer.Explained(
                moment.Pipeline.Scores.PercentileOf(answer.Contributions.Count > 0 ? answer.Contributions[0].Similarity : answer.Score),
                part is null ? null : await ProbabilityAsync(candidates[i], part.Value, ofQuery!, cancellationToken).ConfigureAwait(false));
        }
        return answers;
    }

    /// <returns>Null for an item of a category that was not learned.</returns>
    private async ValueTask<float?> ProbabilityAsync(
        Candidate candidate, CategoryPart part, float[] ofQuery, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(candidate.Answer.Category))
            return moment.Pipeline.Categories!.NumberOf(candidate.Answer.Category) is >= 0 and var number ? ofQuery[number] : null;
        var row = new float[part.FusedDimensions];
        return await rows.TryGetRowAsync(candidate.Key, row, cancellationToken).ConfigureAwait(false)
            ? TensorPrimitives.Dot<float>(ofQuery, part.Probabilities(row))
            : null;
    }

    private Recommendation<TItem> Recommendation(ItemRecord<TItem> record, float score)
    {
        var same = image == record.Hash;
        return new() { Id = record.Id, Item = record.Item, Category = record.Category, Score = same ? 1 : score, IsSamePicture = same };
    }

    private RowFilter? Filter(Func<ItemRecord<TItem>, bool>? also)
    {
        var where = options.Where;
        // A snapshot holds the keys of its moment and no others; a recommender of the caller's may hold more than it should.
        if (where is null && also is null && moment.Rows is not null)
            return exclude is null ? null : key => !exclude.Contains(key);
        return key => exclude?.Contains(key) != true && _items.ByKey(key) is { } record && also?.Invoke(record) != false
            && where?.Invoke(record.Item) != false;
    }

    private readonly record struct Candidate(int Key, Recommendation<TItem> Answer, int Level);
}
