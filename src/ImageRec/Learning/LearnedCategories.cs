using System.Globalization;
using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Holds what a catalog knows about categories: the classifier, calibrated, and how it joins the rows.</summary>
internal sealed class LearnedCategories
{
    private readonly ICategoryClassifier? _classifier;
    private readonly Dictionary<string, int> _numbers;

    /// <summary>Joins a classifier and its report.</summary>
    /// <param name="classifier">Null when there is nothing to tell apart.</param>
    /// <param name="dimensions">Dimensions of the image's row.</param>
    /// <param name="report">Holds categories, temperature and weight.</param>
    public LearnedCategories(ICategoryClassifier? classifier, int dimensions, CategoryReport report)
    {
        (_classifier, Report) = (classifier, report);
        _numbers = report.Categories.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        Part = classifier is null
            ? null
            : new CategoryPart(dimensions, report.Categories.Count, report.CategoryFirst ? CategoryPart.Carried : report.Weight);
    }

    public CategoryReport Report { get; }

    public IReadOnlyList<string> Categories => Report.Categories;

    /// <summary>How categories join the rows; null when rows stay as they are.</summary>
    public CategoryPart? Part { get; }

    /// <summary>Whether the category decides before the image does, in rows that have a category.</summary>
    public bool IsFirst => Part is not null && Report.CategoryFirst;

    public string Name
    {
        get
        {
            if (_classifier is null)
                return Categories.Count == 0 ? "no categories" : "one category";
            var kind = _classifier.Name.Split('(')[0];
            return IsFirst
                ? string.Create(CultureInfo.InvariantCulture, $"{kind}({Categories.Count} categories, category first)")
                : string.Create(CultureInfo.InvariantCulture, $"{kind}({Categories.Count} categories, weight {Report.Weight})");
        }
    }

    /// <summary>Returns the number of a category; -1 when it was not learned.</summary>
    public int NumberOf(string? category) => category is not null && _numbers.TryGetValue(category, out var number) ? number : -1;

    /// <summary>Predicts calibrated probabilities, n x k.</summary>
    /// <param name="unitRows">n x d rows of images.</param>
    public FeatureMatrix Predict(FeatureMatrix unitRows)
    {
        var probabilities = new FeatureMatrix(unitRows.Rows, Math.Max(1, Categories.Count));
        if (_classifier is null)
        {
            probabilities.Values.Span.Fill(1);
            return probabilities;
        }
        _classifier.Predict(unitRows, probabilities);
        for (var i = 0; i < probabilities.Rows; i++)
            Calibration.Apply(probabilities[i], Report.Temperature);
        return probabilities;
    }

    /// <summary>Returns the categories with their probabilities, the most probable first.</summary>
    public IReadOnlyList<CategoryPrediction> Ranked(ReadOnlySpan<float> probabilities)
    {
        var all = new CategoryPrediction[Categories.Count];
        for (var i = 0; i < all.Length; i++)
            all[i] = new CategoryPrediction(Categories[i], probabilities[i]);
        return [.. all.OrderByDescending(prediction => prediction.Probability)];
    }

    /// <summary>Returns the most probable category of a fused row; null when rows are not fused.</summary>
    public CategoryPrediction? MostProbable(ReadOnlySpan<float> fused)
    {
        if (Part is not { } part)
            return null;
        var probabilities = part.Probabilities(fused);
        var best = TensorPrimitives.IndexOfMax<float>(probabilities);
        return new CategoryPrediction(Categories[best], probabilities[best]);
    }

    /// <summary>Fuses rows, n x (d + k): with the category where it is known, with the predicted probabilities where it is not.</summary>
    /// <param name="unitRows">n x d rows of images.</param>
    /// <param name="known">n categories, null for the unknown; null when all are.</param>
    public FeatureMatrix Fuse(FeatureMatrix unitRows, IReadOnlyList<string?>? known)
    {
        if (Part is not { } part)
            return unitRows;
        var fused = new FeatureMatrix(unitRows.Rows, part.FusedDimensions);
        int[] unknown = [.. Enumerable.Range(0, unitRows.Rows).Where(i => NumberOf(known?[i]) < 0)];
        var predicted = unknown.Length == 0 ? null : Predict(unknown.Length == unitRows.Rows ? unitRows : unitRows.Select(unknown));
        var certain = new float[part.Categories];
        for (int i = 0, next = 0; i < fused.Rows; i++)
        {
            if (NumberOf(known?[i]) is >= 0 and var number)
            {
                certain[number] = 1;
                part.Fuse(unitRows[i], certain, fused[i]);
                certain[number] = 0;
            }
            else
                part.Fuse(unitRows[i], predicted![next++], fused[i]);
        }
        return fused;
    }

    /// <summary>Writes the classifier; the report is kept beside it.</summary>
    public void Save(Stream destination) => _classifier?.Save(destination);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="classifier">What <see cref="Save"/> wrote; null when it wrote nothing.</param>
    /// <param name="learner">The kind that learned it.</param>
    /// <param name="dimensions">Dimensions of the image's row.</param>
    /// <param name="report">As it was.</param>
    /// <exception cref="InvalidDataException">The classifier is missing, damaged, or for other rows.</exception>
    public static LearnedCategories Load(Stream? classifier, ICategoryLearner learner, int dimensions, CategoryReport report)
    {
        if (report.Note is not null)
            return new LearnedCategories(null, dimensions, report);
        if (classifier is null)
            throw new InvalidDataException("its classifier is missing");
        var loaded = learner.Load(classifier, report.Categories);
        if (loaded.Dimensions != dimensions)
            throw new InvalidDataException($"its classifier is for rows of {loaded.Dimensions} dimensions, not {dimensions}");
        return new LearnedCategories(loaded, dimensions, report);
    }
}
