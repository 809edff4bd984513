using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>Turns items into honest queries: what is said of their category comes from classifiers that have seen neither them nor their copies.</summary>
internal static class HeldOutRows
{
    /// <param name="rows">n x d rows of items.</param>
    /// <param name="categories">n categories, null for the unknown.</param>
    /// <param name="pipeline">Made the rows.</param>
    /// <param name="choice">How it learned.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <returns>n x d; the rows themselves when categories have no part in them.</returns>
    public static FeatureMatrix Of(FeatureMatrix rows, IReadOnlyList<string?> categories, RowPipeline pipeline, CategoryChoice? choice, FitContext context)
    {
        if (pipeline.Categories is not { Part: { } part } learned || choice is null)
            return rows;
        var pictures = new FeatureMatrix(rows.Rows, part.Dimensions);
        for (var i = 0; i < rows.Rows; i++)
            part.UnitRow(rows[i]).CopyTo(pictures[i]);
        var probabilities = learned.Predict(pictures);
        var known = Enumerable.Range(0, rows.Rows).Where(i => learned.NumberOf(categories[i]) >= 0).ToArray();
        if (known.Length >= 2)
        {
            var labels = Array.ConvertAll(known, i => learned.NumberOf(categories[i]));
            var validation = new CrossValidation(pictures.Select(known), [.. learned.Categories], labels, Math.Min(choice.Folds, known.Length), context);
            var learner = choice.Learner.Candidates.FirstOrDefault(candidate => candidate.Name == learned.Report.Learner) ?? choice.Learner;
            var heldOut = validation.Predict(learner);
            for (var i = 0; i < known.Length; i++)
            {
                heldOut[i].CopyTo(probabilities[known[i]]);
                Calibration.Apply(probabilities[known[i]], learned.Report.Temperature);
            }
        }
        var fused = new FeatureMatrix(rows.Rows, part.FusedDimensions);
        for (var i = 0; i < rows.Rows; i++)
            part.Fuse(pictures[i], probabilities[i], fused[i]);
        return fused;
    }
}
