using ImageRec.Ranking;

namespace ImageRec.Tests.Ranking;

public sealed class CosineOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.25)]
    [InlineData(double.NaN)]
    public void Create_RecallOutOfRange_QuotesIt(double recall)
    {
        var error = Assert.Throws<ArgumentException>(() => new CosineRecommender(new CosineOptions { Recall = recall }));

        Assert.StartsWith(
            FormattableString.Invariant($"Recall is {recall}; it must be above 0 and at most 1"), error.Message, StringComparison.Ordinal);
        Assert.Equal("Recall", error.ParamName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.01)]
    [InlineData(1.0)]
    public async Task Create_RecallInRange_IsTaken(double? recall)
    {
        await using var recommender = new CosineRecommender(new CosineOptions { Recall = recall, Threads = 1 });

        Assert.Equal(0, recommender.Count);
    }

    [Fact]
    public void Create_NoThread_QuotesIt()
    {
        var error = Assert.Throws<ArgumentException>(() => new CosineRecommender(new CosineOptions { Threads = 0 }));

        Assert.StartsWith("Threads is 0; it must be 1 or more.", error.Message, StringComparison.Ordinal);
        Assert.Equal("Threads", error.ParamName);
    }

    [Fact]
    public void Create_UnknownMemory_NamesTheKnown()
    {
        var error = Assert.Throws<ArgumentException>(() => new CosineRecommender(new CosineOptions { Memory = (MemoryMode)7 }));

        Assert.StartsWith("Memory is 7; it must be Floats or CodesOnly.", error.Message, StringComparison.Ordinal);
        Assert.Equal("Memory", error.ParamName);
    }

    [Fact]
    public void Create_CodesOnlyWithoutRows_SaysWhatIsMissing()
    {
        var error = Assert.Throws<ArgumentException>(() => new CosineRecommender(new CosineOptions { Memory = MemoryMode.CodesOnly }));

        Assert.StartsWith(
            "CodesOnly keeps no rows in memory, so Rows must say where to read them.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OptionsChangedAfterwards_KeepsWhatItWasGiven()
    {
        var options = new CosineOptions();
        await using var recommender = new CosineRecommender(options);
        options.Recall = 0.1;

        Assert.Equal(1, recommender.Describe().Recall);
    }
}
