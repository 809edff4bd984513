using ImageRec.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.Learning;

/// <summary>Rows with their categories as ML.NET's trainers want them.</summary>
internal static class LabelledRows
{
    /// <summary>Name of the vector column.</summary>
    public const string Features = "Features";

    /// <summary>Name of the key column: 1 to k in the order of the categories.</summary>
    public const string Label = "Label";

    private const string Category = "Category";

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
