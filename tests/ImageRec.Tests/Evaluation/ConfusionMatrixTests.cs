using ImageRec.Evaluation;

namespace ImageRec.Tests.Evaluation;

public class ConfusionMatrixTests
{
    [Fact]
    public void Constructor_ByHand_CountsRowsAsTruthAndColumnsAsPrediction()
    {
        var matrix = new ConfusionMatrix(["boot", "boot", "hat", "hat"], ["boot", "hat", "hat", "mug"]);
        Assert.Equal(["boot", "hat", "mug"], matrix.Categories);
        Assert.Equal((1, 1, 0, 1, 1), (matrix[0, 0], matrix[0, 1], matrix[0, 2], matrix[1, 1], matrix[1, 2]));
        Assert.Equal(4, matrix.Total);
        Assert.Equal(0.5, matrix.Accuracy);
        Assert.Equal(0.5, matrix.Precision("hat"));
        Assert.Equal(0.5, matrix.Recall("boot"));
        Assert.True(double.IsNaN(matrix.Recall("mug")));
        var error = Assert.Throws<ArgumentException>(() => matrix.Recall("cap"));
        Assert.Contains("'cap'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(["a"], []));
    }

    [Fact]
    public void Constructor_ScikitLearnCases_AgreesWithItsFigures()
    {
        foreach (var figures in SklearnFigures.Cases("classifications"))
        {
            var matrix = new ConfusionMatrix(figures.Strings("actual"), figures.Strings("predicted"));
            Assert.Equal(figures.Number("accuracy"), matrix.Accuracy, 1e-12);
            Assert.Equal(figures.Numbers("precision"), matrix.Categories.Select(matrix.Precision));
            Assert.Equal(figures.Numbers("recall"), matrix.Categories.Select(matrix.Recall));
            var rows = figures.GetProperty("confusion").EnumerateArray().ToList();
            for (var i = 0; i < rows.Count; i++)
                Assert.Equal(rows[i].EnumerateArray().Select(c => c.GetInt32()), Enumerable.Range(0, rows.Count).Select(j => matrix[i, j]));
        }
    }
}
