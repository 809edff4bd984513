using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Makes the checks that every learner and classifier makes before it touches a row.</summary>
internal static class ClassifierShapes
{
    /// <exception cref="ArgumentException">A shape differs; the message quotes both.</exception>
    public static void Check(ICategoryClassifier classifier, FeatureMatrix unitRows, FeatureMatrix probabilities)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (unitRows.Columns != classifier.Dimensions)
        {
            throw new ArgumentException(
                $"The rows have {unitRows.Columns} dimensions; {classifier.Name} was fitted on rows of {classifier.Dimensions}.",
                nameof(unitRows));
        }
        var categories = classifier.Categories.Count;
        if (probabilities.Rows != unitRows.Rows || probabilities.Columns != categories)
        {
            throw new ArgumentException(
                $"The probabilities are {probabilities.Rows} x {probabilities.Columns}; {unitRows.Rows} rows of {categories} categories "
                + $"need {unitRows.Rows} x {categories}.",
                nameof(probabilities));
        }
    }

    /// <summary>Finds the different categories.</summary>
    /// <returns>Two names or more, in ordinal order.</returns>
    /// <exception cref="ArgumentException">
    /// The counts differ, or there are fewer than two categories; the message quotes the numbers.
    /// </exception>
    public static string[] Categories(FeatureMatrix unitRows, IReadOnlyList<string> categories)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        ArgumentNullException.ThrowIfNull(categories);
        if (categories.Count != unitRows.Rows)
        {
            throw new ArgumentException(
                $"{unitRows.Rows} rows came with {categories.Count} categories; each row needs one.", nameof(categories));
        }
        string[] distinct = [.. categories.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return distinct.Length >= 2
            ? distinct
            : throw new ArgumentException(
                $"{distinct.Length} categories in {unitRows.Rows} rows; telling them apart needs at least 2.", nameof(categories));
    }
}
