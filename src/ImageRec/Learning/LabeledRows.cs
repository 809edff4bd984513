using ImageRec.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.Learning;

/// <summary>Shows rows with their categories to ML.NET's trainers.</summary>
internal static class LabeledRows
{
    /// <summary>Name of the vector column.</summary>
    public const string Features = "Features";

    /// <summary>Name of the key column: 1 to k in the order of the categories.</summary>
    public const string Label = "Label";

    private const string Category = "Category";

    /// <summary>Makes a data view with a vector and a key column.</summary>
    /// <param name="ml">Maps the names to keys.</param>
    /// <param name="unitRows">n x d; not copied, so leave it unchanged while the view is in use.</param>
    /// <param name="categories">n names.</param>
    /// <param name="names">The k different ones, in the order that the keys are to have.</param>
    public static IDataView Of(MLContext ml, FeatureMatrix unitRows, IReadOnlyList<string> categories, IReadOnlyList<string> names)
    {
        var view = new MatrixDataView(unitRows, Features, (Category, categories));
        var keys = new MatrixDataView(new FeatureMatrix(names.Count, 1), Features, (Category, names));
        var keyColumn = ml.Transforms.SelectColumns(Category).Fit(keys).Transform(keys);
        return ml.Transforms.Conversion.MapValueToKey(Label, Category, keyData: keyColumn).Fit(view).Transform(view);
    }
}
