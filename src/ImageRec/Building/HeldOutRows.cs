using ImageRec.Answering;
using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>
/// Turns items into held-out queries: their categories are predicted by classifiers that have seen neither them nor images of the same
/// thing.
/// </summary>
internal static class HeldOutRows
{
    /// <param name="rows">n x d rows of items.</param>
    /// <param name="categories">n categories, null for the unknown.</param>
    /// <param name="pipeline">Made the rows.</param>
    /// <param name="choice">How it learned.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <param name="things">
    /// n names of what the items show, such as product ids, null where it is not known; null finds rows that show one thing by the rows
    /// alone.
    /// </param>
    /// <returns>n x d; the rows themselves when categories have no part in them.</returns>
    public static FeatureMatrix Of(FeatureMatrix rows, IReadOnlyList<string?> categories, RowPipeline pipeline, CategoryChoice? choice,
        FitContext context, IReadOnlyList<string?>? things = null)
    {
        if (pipeline.Categories is not { Part: { } part } learned || choice is null)
            return rows;
        var images = new FeatureMatrix(rows.Rows, part.Dimensions);
        for (var i = 0; i < rows.Rows; i++)
            part.UnitRow(rows[i]).CopyTo(images[i]);
        var probabilities = new FeatureMatrix(rows.Rows, part.Categories);
        var known = Enumerable.Range(0, rows.Rows).Where(i => learned.NumberOf(categories[i]) >= 0).ToArray();
        if (known.Length < 2)
            known = [];
        int[] unknown = [.. Enumerable.Range(0, rows.Rows).Except(known)];
        if (unknown.Length > 0)
        {
            var predicted = learned.Predict(images.Select(unknown));
            for (var i = 0; i < unknown.Length; i++)
                predicted[i].CopyTo(probabilities[unknown[i]]);
        }
        if (known.Length > 0)
        {
            var labels = Array.ConvertAll(known, i => learned.NumberOf(categories[i]));
            var folds = Math.Min(choice.Folds, known.Length);
            var seen = images.Select(known);
            var groups = new CategoryGroups(seen, learned.Categories, labels, folds,
                new RowFacts(things is null ? null : Array.ConvertAll(known, i => things[i])), context.CancellationToken);
            var validation = new CrossValidation(seen, [.. learned.Categories], labels, groups.Of, folds, context);
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
            part.Fuse(images[i], probabilities[i], fused[i]);
        return fused;
    }
}
