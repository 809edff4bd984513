using System.Numerics.Tensors;
using System.Text.Json;
using ImageRec.Answering;
using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.PublicApi.Tests.Outside;

/// <summary>The category whose mean row is the most similar (Rocchio's classifier).</summary>
internal sealed class NearestMeanLearner : ICategoryLearner
{
    public string Name => "nearest mean";

    public ICategoryClassifier Fit(FeatureMatrix unitRows, IReadOnlyList<string> categories, FitContext context)
    {
        if (categories.Count != unitRows.Rows)
            throw new ArgumentException($"{unitRows.Rows} rows came with {categories.Count} categories.", nameof(categories));
        string[] names = [.. categories.Distinct().Order(StringComparer.Ordinal)];
        if (names.Length < 2)
            throw new ArgumentException($"{names.Length} categories; two are needed.", nameof(categories));
        var means = new FeatureMatrix(names.Length, unitRows.Columns);
        for (var i = 0; i < unitRows.Rows; i++)
        {
            var mean = means[Array.IndexOf(names, categories[i])];
            TensorPrimitives.Add(mean, unitRows[i], mean);
        }
        UnitRows.Normalize(means);
        return new Means(names, means);
    }

    public ICategoryClassifier Load(Stream source, IReadOnlyList<string> categories)
    {
        try
        {
            // The state is one line, so that reading stops where it ends.
            var line = new List<byte>();
            for (var value = source.ReadByte(); value != '\n'; value = source.ReadByte())
                line.Add(value < 0 ? throw new InvalidDataException("The means end too early.") : (byte)value);
            var values = JsonSerializer.Deserialize<float[]>(line.ToArray()) ?? [];
            return values.Length > 1 && (values.Length - 1) % categories.Count == 0 && values[^1] == categories.Count
                ? new Means(categories, FeatureMatrix.Wrap(values[..^1], (values.Length - 1) / categories.Count))
                : throw new InvalidDataException("These are not the means of these categories.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("These are no means.", e);
        }
    }

    private sealed class Means(IReadOnlyList<string> categories, FeatureMatrix means) : ICategoryClassifier
    {
        private const float Sharpness = 10;

        public string Name => "nearest mean";

        public int Dimensions => means.Columns;

        public IReadOnlyList<string> Categories => categories;

        public void Predict(FeatureMatrix unitRows, FeatureMatrix probabilities)
        {
            if (unitRows.Columns != Dimensions || probabilities.Rows != unitRows.Rows || probabilities.Columns != means.Rows)
            {
                throw new ArgumentException(
                    $"{unitRows.Rows} x {unitRows.Columns} into {probabilities.Rows} x {probabilities.Columns}; "
                    + $"{Dimensions} dimensions and {means.Rows} categories were learned.");
            }
            for (var i = 0; i < unitRows.Rows; i++)
            {
                for (var c = 0; c < means.Rows; c++)
                    probabilities[i][c] = Sharpness * TensorPrimitives.Dot<float>(unitRows[i], means[c]);
                TensorPrimitives.SoftMax<float>(probabilities[i], probabilities[i]);
            }
        }

        public void Save(Stream destination)
        {
            destination.Write(JsonSerializer.SerializeToUtf8Bytes((float[])[.. means.Values.ToArray(), categories.Count]));
            destination.WriteByte((byte)'\n');
        }
    }
}
