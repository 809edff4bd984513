using ImageRec.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec;

/// <summary>Shows matrices to ML.NET.</summary>
public static class FeatureMatrixMLNetExtensions
{
    /// <summary>Shows the rows to ML.NET as a column of vectors, without copying them.</summary>
    /// <param name="rows">n x d; leave it unchanged while the view is in use.</param>
    /// <param name="columnName">Name of the column.</param>
    /// <returns>The view.</returns>
    public static IDataView ToDataView(this FeatureMatrix rows, string columnName = "Features")
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentException.ThrowIfNullOrWhiteSpace(columnName);
        return new MatrixDataView(rows, columnName);
    }
}
