using ImageRec.Vectors;
using static System.FormattableString;

namespace ImageRec.Learning;

/// <summary>Learns the categories of a sample: chooses among the learner's candidates and weights by cross-validation, calibrates, and measures on what was held out.</summary>
/// <param name="learner">What learns.</param>
/// <param name="weight">Of the category part; null chooses it.</param>
/// <param name="folds">Parts of the cross-validation, 2 or more.</param>
internal sealed class CategoryStudy(ICategoryLearner learner, float? weight, int folds)
{
    /// <param name="unitRows">n x d.</param>
    /// <param name="categories">n names; null or empty where it is not known.</param>
    /// <param name="context">Seed and cancellation.</param>
    public LearnedCategories Run(FeatureMatrix unitRows, IReadOnlyList<string?> categories, FitContext context)
    {
        var labelled = Enumerable.Range(0, unitRows.Rows).Where(i => !string.IsNullOrEmpty(categories[i])).ToArray();
        var rows = labelled.Length == unitRows.Rows ? unitRows : unitRows.Select(labelled);
        var truth = Array.ConvertAll(labelled, i => categories[i]!);
        string[] names = [.. truth.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var report = new CategoryReport
        {
            Learner = learner.Name, Categories = names, LabelledRows = labelled.Length, UnlabelledRows = unitRows.Rows - labelled.Length,
        };
        if (names.Length < 2)
            return new LearnedCategories(null, unitRows.Columns, report with { Note = WhyNot(report) });

        var labels = Array.ConvertAll(truth, name => Array.BinarySearch(names, name, StringComparer.Ordinal));
        var validation = new CrossValidation(rows, names, labels, Math.Min(folds, labelled.Length), context);
        var (chosen, heldOut) = Choose(validation, labels);
        var calibrated = validation.Calibrated(heldOut);
        var classifier = chosen.Fit(rows, truth, context);
        var measured = FusionWeight.Measure(rows, labels, calibrated, weight, context);
        var fusion = FusionWeight.Choose(measured);
        return new LearnedCategories(classifier, unitRows.Columns, report with
        {
            Learner = classifier.Name,
            Folds = validation.Folds,
            TrainingAccuracy = Calibration.Accuracy(Predicted(classifier, rows), labels),
            HeldOutAccuracy = Calibration.Accuracy(heldOut, labels),
            MajorityAccuracy = (double)labels.CountBy(label => label).Max(count => count.Value) / labels.Length,
            HeldOutLogLoss = Calibration.LogLoss(calibrated, labels),
            CalibrationError = Calibration.ExpectedError(calibrated, labels),
            Temperature = Calibration.Temperature(heldOut, labels),
            Weight = fusion.Weight,
            HeldOutPrecisionAt5 = fusion.PrecisionAt5,
            HeldOutMeanAveragePrecision = fusion.MeanAveragePrecision,
            PicturePrecisionAt5 = measured[0].PrecisionAt5,
            PictureMeanAveragePrecision = measured[0].MeanAveragePrecision,
        });
    }

    /// <summary>The candidate of the least held-out log loss. Candidates come from simple to flexible, so the first that is worse than the one before ends the search.</summary>
    private (ICategoryLearner Chosen, FeatureMatrix HeldOut) Choose(CrossValidation validation, int[] labels)
    {
        (ICategoryLearner Learner, FeatureMatrix HeldOut, double Loss)? best = null;
        foreach (var candidate in learner.Candidates)
        {
            var heldOut = validation.Predict(candidate);
            var loss = Calibration.LogLoss(heldOut, labels, Calibration.Temperature(heldOut, labels));
            if (best is { } known && loss >= known.Loss)
                break;
            best = (candidate, heldOut, loss);
        }
        return (best!.Value.Learner, best.Value.HeldOut);
    }

    private static FeatureMatrix Predicted(ICategoryClassifier classifier, FeatureMatrix rows)
    {
        var probabilities = new FeatureMatrix(rows.Rows, classifier.Categories.Count);
        classifier.Predict(rows, probabilities);
        return probabilities;
    }

    private static string WhyNot(CategoryReport report) => report.Categories.Count == 0
        ? Invariant($"None of the {report.UnlabelledRows:N0} items learned from has a category; give some to ToCatalog, or leave LearnCategories out.")
        : Invariant($"All {report.LabelledRows:N0} items with a category are '{report.Categories[0]}': there is nothing to tell apart.");
}
