using ImageRec.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.ML.Columns;

/// <summary>Shows a catalog's rows to ML.NET.</summary>
internal static class DataViews
{
    /// <summary>
    /// Makes a data view with the columns Id (text), Category (text, empty where there is none) and Features (vector of Single).
    /// </summary>
    /// <param name="ids">n ids.</param>
    /// <param name="categories">n categories.</param>
    /// <param name="rows">n x d; not copied, so leave it unchanged.</param>
    /// <exception cref="ArgumentException">The lengths differ; the message quotes both.</exception>
    public static IDataView From(IReadOnlyList<string> ids, IReadOnlyList<string?> categories, FeatureMatrix rows) =>
        new MatrixDataView(rows, "Features", ("Id", ids), ("Category", categories));
}
