using ImageRec.Answering;
using ImageRec.Indexing;
using ImageRec.Ranking;

namespace ImageRec.Tests.Answering;

public sealed class RocchioTests
{
    private static readonly Dictionary<int, float[]> s_rows = new() { [1] = [1, 0, 0], [2] = [0, 1, 0], [3] = [0, 0, 1], [4] = [0, 0, -1] };

    [Fact]
    public async Task Query_OneLiked_IsItsRow() => AssertRow([1, 0, 0], await QueryAsync([1], []));

    [Fact]
    public async Task Query_SeveralLiked_IsTheirMean() => AssertRow([0.5f, 0.5f, 0], await QueryAsync([1, 2], []));

    [Fact]
    public async Task Query_Disliked_TakesHalfTheirMeanOff() => AssertRow([1, -0.25f, -0.25f], await QueryAsync([1], [2, 3]));

    [Fact]
    public async Task Query_KeyThatIsGone_CountsForNothing() => AssertRow([0.5f, 0, -0.5f], await QueryAsync([1, 99], [3]));

    /// <summary>Equal in direction; a query has length 1.</summary>
    private static void AssertRow(float[] expected, ReadOnlyMemory<float> query)
    {
        var length = MathF.Sqrt(expected.Sum(x => x * x));
        Assert.Equal(expected.Length, query.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i] / length, query.Span[i], 1e-6f);
    }

    private static Task<ReadOnlyMemory<float>> QueryAsync(int[] liked, int[] disliked) =>
        Rocchio.QueryAsync(new View(), 3, liked, disliked, TestContext.Current.CancellationToken);

    private sealed class View : IRowView
    {
        public ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken)
        {
            if (!s_rows.TryGetValue(key, out var values))
                return new(false);
            values.CopyTo(row);
            return new(true);
        }

        public ValueTask<int> SearchAsync(ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter, float minScore,
            CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
