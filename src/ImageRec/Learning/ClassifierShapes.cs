using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Checks what learners and classifiers are given.</summary>
internal static class ClassifierShapes
{
    public static void Check(ICategoryClassifier classifier, FeatureMatrix unitRows, FeatureMatrix probabilities)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (unitRows.Columns != classifier.Dimensions)
            throw new ArgumentException($"The rows have {unitRows.Columns} numbers; {classifier.Name} was fitted on rows of {classifier.Dimensions}.", nameof(unitRows));
        if (probabilities.Rows != unitRows.Rows || probabilities.Columns != classifier.Categories.Count)
        {
            throw new ArgumentException(
                $"The probabilities are {probabilities.Rows} x {probabilities.Columns}; {unitRows.Rows} rows of {classifier.Categories.Count} categories need {unitRows.Rows} x {classifier.Categories.Count}.",
                nameof(probabilities));
        }
    }

    /// <returns>The different categories in ordinal order, two or more.</returns>
    public static string[] Categories(FeatureMatrix unitRows, IReadOnlyList<string> categories)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        ArgumentNullException.ThrowIfNull(categories);
        if (categories.Count != unitRows.Rows)
            throw new ArgumentException($"{unitRows.Rows} rows came with {categories.Count} categories; each row needs one.", nameof(categories));
        string[] distinct = [.. categories.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return distinct.Length >= 2
            ? distinct
            : throw new ArgumentException($"{distinct.Length} categories in {unitRows.Rows} rows; telling them apart needs at least 2.", nameof(categories));
    }
}
