using ImageRec.Text;

namespace ImageRec.Tests.Text;

public sealed class SpellingTests
{
    private static readonly string[] Names = ["min-score", "count", "category", "html", "json"];

    [Theory]
    [InlineData("mni-score", "min-score")]
    [InlineData("CATEGORY", "category")]
    [InlineData("jsno", "json")]
    [InlineData("coutn", "count")]
    [InlineData("score", "min-score")]
    public void Nearest_MistypedOrPartOfAName_ThatName(string given, string expected) =>
        Assert.Equal(expected, Spelling.Nearest(given, Names));

    [Theory]
    [InlineData("threshold")]
    [InlineData("x")]
    [InlineData("on")]
    [InlineData("")]
    public void Nearest_NothingAlike_Null(string given) => Assert.Null(Spelling.Nearest(given, Names));

    [Fact]
    public void Near_Several_NearestFirstAndEquallyNearOnesInOrder() =>
        Assert.Equal(["pool5", "pool1", "pool2"], Spelling.Near("pool5", ["pool2", "conv5_relu", "pool1", "pool5", "pool3"], most: 3));

    [Fact]
    public void Near_NamesOfAnyLength_ComparesNoneThatIsTooLong() =>
        Assert.Equal(["relu"], Spelling.Near("rely", [new string('r', 1_000_000), "relu"], most: 3));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("Pool5", "pOOL5", 0)]
    public void Edits_TwoWords_LeastNumberOfChangedLetters(string a, string b, int expected) =>
        Assert.Equal((expected, expected), (Spelling.Edits(a, b), Spelling.Edits(b, a)));
}
