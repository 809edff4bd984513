using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <content>What rules ask of a query.</content>
internal sealed partial class AnswerSelection<TItem> : IRuleSource<TItem>
{
    IReadOnlyList<TItem> IRuleSource<TItem>.QueryItems =>
    [
        .. liked ?? [],
        .. image is { } hash ? _items.AllByImage(hash).OrderBy(record => record.Key).Select(record => record.Item) : [],
    ];

    async Task<IReadOnlyList<RankedAnswer<TItem>>> IRuleSource<TItem>.SearchAsync(
        int count, float? minScore, Func<string, TItem, bool>? also, CancellationToken cancellationToken)
    {
        Func<ItemRecord<TItem>, bool>? open = also is null ? null : record => also(record.Id, record.Item);
        var candidates = await CandidatesAsync(count, open, minScore, cancellationToken).ConfigureAwait(false);
        return candidates.ConvertAll(Ranked);
    }

    async Task<IReadOnlyList<RankedAnswer<TItem>>> IRuleSource<TItem>.FindAsync(
        IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var filter = Filter(also: null);
        var row = new float[query.Length];
        var found = new List<RankedAnswer<TItem>>();
        foreach (var id in ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (id is null || _items.ById(id) is not { } record || filter?.Invoke(record.Key) == false
                || !await rows.TryGetRowAsync(record.Key, row, cancellationToken).ConfigureAwait(false))
                continue;
            var score = _order is null
                ? TensorPrimitives.Dot<float>(query.Span, row) : _order.Cosine(TensorPrimitives.Dot<float>(_order.Image.Span, row));
            var answer = Recommendation(record, score);
            found.Add(Ranked(CandidateOf(record, _attributes is null ? answer : With(_attributes, answer))));
        }
        return found;
    }

    async Task<IReadOnlyList<RankedAnswer<TItem>>> IRuleSource<TItem>.VaryAsync(
        IReadOnlyList<RankedAnswer<TItem>> ranked, int count, Func<TItem, bool> mayPick, CancellationToken cancellationToken)
    {
        var matrix = new FeatureMatrix(ranked.Count, query.Length);
        for (var i = 0; i < ranked.Count; i++)
            await rows.TryGetRowAsync(_items.ById(ranked[i].Answer.Id)!.Key, matrix.RowMemory(i), cancellationToken).ConfigureAwait(false);
        var scores = ranked.Select(answer => answer.Rank).ToArray();
        bool MayPick(int i) => mayPick(ranked[i].Answer.Item);
        var picked = MaximalMarginalRelevance.Pick(scores, matrix, [], count, options.Diversity, MayPick, cancellationToken);
        return picked.ConvertAll(i => ranked[i]);
    }

    IEnumerable<string> IRuleSource<TItem>.Medoids(string? category) => _items.InOrder
        .Where(record => category is null || record.Category == category)
        .GroupBy(record => record.Cluster)
        .OrderByDescending(cluster => cluster.Count()).ThenBy(cluster => cluster.Key)
        .Select(cluster => cluster.MinBy(record => record.Distance)!.Id);

    private async Task<List<Candidate>> RuledAsync(Rules<TItem> rules, CancellationToken cancellationToken)
    {
        var answers = await new RuledAnswers<TItem>(rules.Set, options, this).SelectAsync(cancellationToken).ConfigureAwait(false);
        return [.. answers.Select(answer => CandidateOf(_items.ById(answer.Id)!, answer))];
    }

    private static RankedAnswer<TItem> Ranked(Candidate candidate) => new(candidate.Answer, candidate.Level, candidate.Answer.Score);
}
