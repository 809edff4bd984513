using ImageRec.Indexing;
using ImageRec.Ranking;

namespace ImageRec.Contracts;

/// <summary>Ranks rows by a plain double loop: what any <see cref="IRecommender"/> is compared with.</summary>
public sealed class PlainRanking
{
    private const double Rounding = 2e-5;
    private readonly SortedDictionary<int, float[]> _rows = [];

    /// <summary>Gets the number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Gets the keys, ascending.</summary>
    public IReadOnlyCollection<int> Keys => _rows.Keys;

    /// <summary>Adds or replaces a row.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="row">d values; copied.</param>
    public void Upsert(int key, ReadOnlySpan<float> row) => _rows[key] = row.ToArray();

    /// <summary>Removes a row, if there is one.</summary>
    /// <param name="key">Any key.</param>
    public void Remove(int key) => _rows.Remove(key);

    /// <summary>Searches the recommender and checks every answer: complete, in order, with the right scores.</summary>
    /// <param name="recommender">Holds the same rows.</param>
    /// <param name="query">d values.</param>
    /// <param name="count">How many answers to ask for.</param>
    /// <param name="filter">Passed on.</param>
    /// <param name="minScore">Passed on.</param>
    /// <returns>The answers.</returns>
    public async Task<Neighbor[]> CheckSearchAsync(
        IRecommender recommender, ReadOnlyMemory<float> query, int count, RowFilter? filter = null, float minScore = -1)
    {
        ArgumentNullException.ThrowIfNull(recommender);
        var best = new Neighbor[count];
        var found = await recommender.SearchAsync(query, best, filter, minScore, TestContext.Current.CancellationToken);
        Assert.InRange(found, 0, count);
        var answers = best[..found];

        foreach (var answer in answers)
        {
            Assert.True(_rows.TryGetValue(answer.Key, out var row), $"{answer.Key} is not held.");
            Assert.True(filter is null || filter(answer.Key), $"{answer.Key} does not pass the filter.");
            Assert.Equal(Dot(row, query.Span), answer.Score, Rounding);
            Assert.True(answer.Score >= minScore, $"{answer.Key} scores {answer.Score}, less than {minScore}.");
        }
        Assert.Equal(answers.OrderByDescending(answer => answer.Score).ThenBy(answer => answer.Key), answers);
        Assert.Equal(found, answers.Select(answer => answer.Key).Distinct().Count());

        var passing = _rows.Where(row => filter is null || filter(row.Key))
            .Select(row => Dot(row.Value, query.Span))
            .OrderDescending()
            .ToArray();
        var sure = passing.Count(score => score >= minScore + Rounding || minScore <= -1);
        var possible = passing.Count(score => score >= minScore - Rounding);
        Assert.InRange(found, Math.Min(count, sure), Math.Min(count, possible));
        for (var i = 0; i < found; i++)
            Assert.Equal(passing[i], answers[i].Score, Rounding);
        return answers;
    }

    private static double Dot(ReadOnlySpan<float> row, ReadOnlySpan<float> query)
    {
        Assert.Equal(row.Length, query.Length);
        double sum = 0;
        for (var i = 0; i < row.Length; i++)
            sum += (double)row[i] * query[i];
        return sum;
    }
}
