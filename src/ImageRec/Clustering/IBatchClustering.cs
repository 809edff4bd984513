using ImageRec.Vectors;

namespace ImageRec.Clustering;

/// <summary>A clustering that assigns many rows at once faster than one after another.</summary>
internal interface IBatchClustering : IClustering
{
    /// <summary>Assigns every row.</summary>
    /// <param name="rows">n x d, of the dimensions it was fitted on.</param>
    /// <returns>n cluster numbers.</returns>
    int[] AssignAll(FeatureMatrix rows);
}
