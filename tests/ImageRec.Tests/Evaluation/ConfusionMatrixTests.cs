using ImageRec.Evaluation;

namespace ImageRec.Tests.Evaluation;

public class ConfusionMatrixTests
{
    [Fact]
    public void Of_ByHand_CountsRowsAsTruthAndColumnsAsPrediction()
    {
        var matrix = ConfusionMatrix.Of(["boot", "boot", "hat", "hat"], ["boot", "hat", "hat", "mug"]);
        Assert.Equal(["boot", "hat", "mug"], matrix.Categories);
        Assert.Equal((1, 1, 0, 1, 1), (matrix[0, 0], matrix[0, 1], matrix[0, 2], matrix[1, 1], matrix[1, 2]));
        Assert.Equal(0.5, matrix.Accuracy);
        Assert.Equal(0.5, matrix.Precision("hat"));
        Assert.Equal(0.5, matrix.Recall("boot"));
        Assert.True(double.IsNaN(matrix.Recall("mug")));
        Assert.Contains("'cap'", Assert.Throws<ArgumentException>(() => matrix.Recall("cap")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of(["a"], []));
    }

    [Fact]
    public void Of_ScikitLearnCases_AgreesWithItsFigures()
    {
        foreach (var figures in SklearnFigures.Cases("classifications"))
        {
            var matrix = ConfusionMatrix.Of(figures.Strings("actual"), figures.Strings("predicted"));
            Assert.Equal(figures.Number("accuracy"), matrix.Accuracy, 1e-12);
            Assert.Equal(figures.Numbers("precision"), matrix.Categories.Select(matrix.Precision));
            Assert.Equal(figures.Numbers("recall"), matrix.Categories.Select(matrix.Recall));
            var rows = figures.GetProperty("confusion").EnumerateArray().ToList();
            for (var i = 0; i < rows.Count; i++)
                Assert.Equal(rows[i].EnumerateArray().Select(c => c.GetInt32()), Enumerable.Range(0, rows.Count).Select(j => matrix[i, j]));
        }
    }
}
