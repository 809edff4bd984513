using System.Numerics.Tensors;
using ImageRec.Learning;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>Turns a query row into recommendations: filter, search, diversity, limits per property.</summary>
internal sealed class AnswerSelection<TItem>(
    IRecommender recommender, ItemTable<TItem> items, RowPipeline pipeline, ReadOnlyMemory<float> query, UInt128? picture, RecommendOptions<TItem> options, HashSet<int>? exclude)
{
    // Varied answers are chosen among this many times as many similar ones.
    private const int PoolFactor = 10;
    private const int MinPool = 100;
    private readonly AttributeRanking<TItem>? _attributes = options.Attributes.Count == 0 ? null : new(options.Attributes, items);

    public async Task<IReadOnlyList<Recommendation<TItem>>> SelectAsync(CancellationToken cancellationToken)
    {
        var choosy = options.Diversity > 0 || options.AtMostPer is not null;
        var pool = choosy ? (int)Math.Min(Math.Max((long)options.Count * PoolFactor, MinPool), int.MaxValue) : options.Count;
        while (true)
        {
            pool = Math.Min(pool, Math.Max(items.Count, 1));
            var candidates = await CandidatesAsync(pool, cancellationToken).ConfigureAwait(false);
            var answers = choosy ? await ChooseAsync(candidates, cancellationToken).ConfigureAwait(false) : candidates;
            // Fewer than asked for although there may be more further down: look deeper.
            if (answers.Count >= options.Count || candidates.Count < pool || pool >= items.Count)
                return await ExplainAsync(answers, cancellationToken).ConfigureAwait(false);
            pool = (int)Math.Min(pool * 4L, int.MaxValue);
        }
    }

    private Task<List<Recommendation<TItem>>> CandidatesAsync(int count, CancellationToken cancellationToken) =>
        _attributes is null ? ByPictureAsync(count, cancellationToken) : ByPictureAndAttributesAsync(_attributes, count, cancellationToken);

    /// <summary>
    /// Goes down the list of pictures until nothing further down can be among the best, whatever its attributes are (Fagin, Lotem and Naor's threshold algorithm, PODS 2001).
    /// </summary>
    private async Task<List<Recommendation<TItem>>> ByPictureAndAttributesAsync(AttributeRanking<TItem> attributes, int count, CancellationToken cancellationToken)
    {
        for (var depth = Math.Max(MinPool, 4L * count); ; depth *= 4)
        {
            var best = new Neighbor[(int)Math.Min(depth, Math.Max(items.Count, 1))];
            var found = await recommender.SearchAsync(query, best, Filter(), cancellationToken: cancellationToken).ConfigureAwait(false);
            var scored = new List<(int Key, Recommendation<TItem> Answer)>(found);
            for (var i = 0; i < found; i++)
                if (items.ByKey(best[i].Key) is { } record)
                    scored.Add((record.Key, With(attributes, Recommendation(record, best[i].Score))));
            var ranked = scored.OrderByDescending(s => s.Answer.Score).ThenBy(s => s.Key).Select(s => s.Answer).Take(count).ToList();
            if (found < best.Length || best.Length >= items.Count || (ranked.Count == count && ranked[^1].Score > attributes.Bound(best[found - 1].Score)))
                return options.MinScore is { } least ? ranked.FindAll(answer => answer.Score >= least) : ranked;
        }
    }

    private static Recommendation<TItem> With(AttributeRanking<TItem> attributes, Recommendation<TItem> byPicture)
    {
        var (score, contributions) = attributes.Score(byPicture.Item, byPicture.Score);
        return byPicture with { Score = score, Contributions = contributions };
    }

    private async Task<List<Recommendation<TItem>>> ByPictureAsync(int count, CancellationToken cancellationToken)
    {
        var best = new Neighbor[count];
        var found = await recommender.SearchAsync(query, best, Filter(), options.MinScore ?? -1, cancellationToken).ConfigureAwait(false);
        var candidates = new List<Recommendation<TItem>>(found);
        for (var i = 0; i < found; i++)
            // An item removed since the search began is left out.
            if (items.ByKey(best[i].Key) is { } record)
                candidates.Add(Recommendation(record, best[i].Score));
        if (candidates.Exists(c => c.IsSamePicture))
            candidates = [.. candidates.OrderByDescending(c => c.IsSamePicture)];
        return candidates;
    }

    /// <summary>Adds what the scores mean.</summary>
    private async Task<IReadOnlyList<Recommendation<TItem>>> ExplainAsync(List<Recommendation<TItem>> answers, CancellationToken cancellationToken)
    {
        var part = pipeline.Categories?.Part;
        var ofQuery = part?.Probabilities(query.Span);
        for (var i = 0; i < answers.Count; i++)
        {
            var answer = answers[i] with { Percentile = pipeline.Scores.PercentileOf(answers[i].Contributions.Count > 0 ? answers[i].Contributions[0].Similarity : answers[i].Score) };
            if (part is not null)
                answer = answer with { CategoryProbability = await ProbabilityAsync(answer, part.Value, ofQuery!, cancellationToken).ConfigureAwait(false) };
            answers[i] = answer;
        }
        return answers;
    }

    /// <returns>Null for an item of a category that was not learned.</returns>
    private async ValueTask<float?> ProbabilityAsync(Recommendation<TItem> answer, CategoryPart part, float[] ofQuery, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(answer.Category))
            return pipeline.Categories!.NumberOf(answer.Category) is >= 0 and var number ? ofQuery[number] : null;
        var row = new float[part.FusedDimensions];
        return items.ById(answer.Id) is { } record && await recommender.TryGetRowAsync(record.Key, row, cancellationToken).ConfigureAwait(false)
            ? TensorPrimitives.Dot<float>(ofQuery, part.Probabilities(row))
            : null;
    }

    private Recommendation<TItem> Recommendation(ItemRecord<TItem> record, float score)
    {
        var same = picture == record.Hash;
        return new() { Id = record.Id, Item = record.Item, Category = record.Category, Score = same ? 1 : score, IsSamePicture = same };
    }

    private RowFilter? Filter()
    {
        var where = options.Where;
        if (where is null)
            return exclude is null ? null : key => !exclude.Contains(key);
        return key => exclude?.Contains(key) != true && items.ByKey(key) is { } record && where(record.Item);
    }

    private async Task<List<Recommendation<TItem>>> ChooseAsync(List<Recommendation<TItem>> candidates, CancellationToken cancellationToken)
    {
        var rows = new FeatureMatrix(candidates.Count, query.Length);
        if (options.Diversity > 0)
            for (var i = 0; i < candidates.Count; i++)
                if (items.ById(candidates[i].Id) is { } record)
                    await recommender.TryGetRowAsync(record.Key, rows.RowMemory(i), cancellationToken).ConfigureAwait(false);
        var scores = candidates.Select(c => c.Score).ToArray();
        var uses = new Dictionary<ValueKey, int>();
        return MaximalMarginalRelevance.Pick(scores, rows, options.Count, options.Diversity, MayPick).ConvertAll(i => candidates[i]);

        bool MayPick(int candidate)
        {
            if (options.AtMostPer is not { } limit)
                return true;
            var value = new ValueKey(limit.Property(candidates[candidate].Item));
            var used = uses.GetValueOrDefault(value);
            uses[value] = used + 1;
            return used < limit.Count;
        }
    }

    // A dictionary key that may be null.
    private readonly record struct ValueKey(object? Value);
}
