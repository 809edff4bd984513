using ImageRec.Answering;

namespace ImageRec.Tests.Answering;

/// <summary>Answers a query for rules from a list: no engine, so that many rule sets can be tried.</summary>
/// <param name="items">In catalog order.</param>
/// <param name="queryItems">The items that the query is about; never answers.</param>
internal sealed class ListedRuleSource(IReadOnlyList<RuledItem> items, IReadOnlyList<RuledItem> queryItems) : IRuleSource<RuledItem>
{
    private readonly List<RuledItem> _open = [.. items.Where(item => !queryItems.Contains(item)).OrderByDescending(item => item.Score)];

    public IReadOnlyList<RuledItem> QueryItems => queryItems;

    public int Searches { get; private set; }

    public Task<IReadOnlyList<RankedAnswer<RuledItem>>> SearchAsync(
        int count, float? minScore, Func<string, RuledItem, bool>? also, CancellationToken cancellationToken)
    {
        Searches++;
        return Task.FromResult<IReadOnlyList<RankedAnswer<RuledItem>>>(
            [.. _open.Where(item => item.Score >= (minScore ?? -1) && also?.Invoke(item.Id, item) != false).Take(count).Select(Answer)]);
    }

    public Task<IReadOnlyList<RankedAnswer<RuledItem>>> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RankedAnswer<RuledItem>>>(
            [.. ids.Select(id => _open.Find(item => item.Id == id)).OfType<RuledItem>().Select(Answer)]);

    public Task<IReadOnlyList<RankedAnswer<RuledItem>>> VaryAsync(
        IReadOnlyList<RankedAnswer<RuledItem>> ranked, int count, Func<RuledItem, bool> mayPick, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RankedAnswer<RuledItem>>>([.. ranked.Where(answer => mayPick(answer.Answer.Item)).Take(count)]);

    public IEnumerable<string> Medoids(string? category) => items.Where(item => item.Brand == category).Select(item => item.Id);

    private static RankedAnswer<RuledItem> Answer(RuledItem item) =>
        new(new() { Id = item.Id, Item = item, Category = item.Brand, Score = item.Score }, 0, item.Score);
}
