using System.Numerics.Tensors;
using ImageRec.Fitting;
using ImageRec.Learning;
using ImageRec.ML.Columns;
using ImageRec.ML.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.ML.Learning;

/// <summary>Predicts categories that an ML.NET pipeline has learned.</summary>
internal sealed class MLNetClassifier : ICategoryClassifier
{
    private const string Kind = "IRCM";
    private const string Score = "Score";
    private readonly ITransformer _model;
    private readonly bool _givesProbabilities;

    private MLNetClassifier(string name, IReadOnlyList<string> categories, int dimensions, ITransformer model, bool givesProbabilities)
    {
        (Name, Categories, Dimensions, _model, _givesProbabilities) = (name, categories, dimensions, model, givesProbabilities);
        var columns = Column().Dimensions;
        if (columns != categories.Count)
        {
            throw new ArgumentException(
                $"The ML.NET pipeline's column {Score} has {columns} numbers; {categories.Count} categories need one each.", nameof(model));
        }
    }

    public string Name { get; }

    public int Dimensions { get; }

    public IReadOnlyList<string> Categories { get; }

    /// <summary>Uses a fitted pipeline.</summary>
    /// <param name="name">Printable name.</param>
    /// <param name="categories">k names in ordinal order.</param>
    /// <param name="model">Fitted.</param>
    /// <param name="sample">n x d rows that tell whether its scores are probabilities.</param>
    public static MLNetClassifier Of(string name, IReadOnlyList<string> categories, ITransformer model, FeatureMatrix sample)
    {
        var raw = new MLNetClassifier(name, categories, sample.Columns, model, givesProbabilities: true);
        var scores = new FeatureMatrix(Math.Min(sample.Rows, 100), categories.Count);
        raw.Read(sample.Rows <= 100 ? sample : sample.Select([.. Enumerable.Range(0, 100)]), scores);
        var probabilities = true;
        for (var i = 0; i < scores.Rows; i++)
            probabilities &= TensorPrimitives.Min<float>(scores[i]) >= 0 && MathF.Abs(TensorPrimitives.Sum<float>(scores[i]) - 1) < 1e-3f;
        return new MLNetClassifier(name, categories, sample.Columns, model, probabilities);
    }

    public void Predict(FeatureMatrix unitRows, FeatureMatrix probabilities)
    {
        ClassifierShapes.Check(this, unitRows, probabilities);
        Read(unitRows, probabilities);
        for (var i = 0; i < probabilities.Rows; i++)
        {
            var row = probabilities[i];
            if (!_givesProbabilities)
                Softmax.Apply(row);
            // A trainer may be certain or say nothing at all of a strange row: both stay probabilities.
            TensorPrimitives.Divide(row, TensorPrimitives.Sum<float>(row), row);
            if (!TensorPrimitives.IsFiniteAll<float>(row))
                row.Fill(1f / row.Length);
        }
    }

    public void Save(Stream destination)
    {
        MatrixState.Write(destination, Kind, FeatureMatrix.Wrap([Dimensions, _givesProbabilities ? 1 : 0], 2));
        MLNetState.Save(destination, _model, Rows(1).Schema);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static MLNetClassifier Load(Stream source, string name, IReadOnlyList<string> categories)
    {
        if (MatrixState.Read(source, Kind, count: 1) is not [{ Rows: 1, Columns: 2 } facts])
            throw StateFrame.Damaged(Kind, "its facts are missing");
        var (model, _) = MLNetState.Load(source);
        try
        {
            return new MLNetClassifier(name, categories, (int)facts[0][0], model, facts[0][1] == 1);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The saved ML.NET model is not that of {name}: {e.Message}", e);
        }
    }

    private void Read(FeatureMatrix unitRows, FeatureMatrix scores) =>
        Column().Read(_model.Transform(new MatrixDataView(unitRows, LabeledRows.Features)), scores);

    private VectorColumn Column() => new(_model.GetOutputSchema(Rows(0).Schema), Score);

    private MatrixDataView Rows(int count) => new(new FeatureMatrix(count, Dimensions), LabeledRows.Features);
}
