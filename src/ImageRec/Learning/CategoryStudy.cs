using ImageRec.Vectors;
using static System.FormattableString;

namespace ImageRec.Learning;

/// <summary>
/// Learns the categories of a sample: chooses among the learner's candidates and weights by cross-validation, calibrates, and measures on
/// what was held out.
/// </summary>
/// <param name="learner">What learns.</param>
/// <param name="weight">Of the category part; null chooses it.</param>
/// <param name="folds">Parts of the cross-validation, 2 or more.</param>
/// <param name="categoryFirst">Whether the category decides before the image does; there is no weight then.</param>
internal sealed class CategoryStudy(ICategoryLearner learner, float? weight, int folds, bool categoryFirst = false)
{
    /// <summary>Learns and measures.</summary>
    /// <param name="unitRows">n x d.</param>
    /// <param name="categories">n names; null or empty where it is not known.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <param name="facts">What else is known of the rows; null finds rows that show one thing by the rows alone.</param>
    public LearnedCategories Run(FeatureMatrix unitRows, IReadOnlyList<string?> categories, FitContext context, RowFacts? facts = null)
    {
        var labeled = Enumerable.Range(0, unitRows.Rows).Where(i => !string.IsNullOrEmpty(categories[i])).ToArray();
        var rows = labeled.Length == unitRows.Rows ? unitRows : unitRows.Select(labeled);
        var truth = Array.ConvertAll(labeled, i => categories[i]!);
        string[] names = [.. truth.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var report = new CategoryReport
        {
            Learner = learner.Name,
            Categories = names,
            LabeledRows = labeled.Length,
            UnlabeledRows = unitRows.Rows - labeled.Length,
            CategoryFirst = categoryFirst,
        };
        if (names.Length < 2)
        {
            report.Note = WhyNot(report);
            return new LearnedCategories(null, unitRows.Columns, report);
        }

        var labels = Array.ConvertAll(truth, name => Array.BinarySearch(names, name, StringComparer.Ordinal));
        var parts = Math.Min(folds, labeled.Length);
        var groups = new CategoryGroups(rows, names, labels, parts, (facts ?? new RowFacts()).Select(labeled), context.CancellationToken);
        var judged = groups.Judged;
        var validation = new CrossValidation(rows, names, labels, groups.Of, parts, context);
        var (chosen, heldOut) = Choose(validation, rows, names, labels, groups, context);
        var calibrated = validation.Calibrated(heldOut, judged);
        var temperature = validation.Temperature(heldOut, judged);
        var classifier = chosen.Fit(rows, truth, context);
        // A weight without bounds ranks by the category first.
        var measured = FusionWeight.Measure(
            rows, labels, groups.Of, calibrated, judged, categoryFirst ? float.PositiveInfinity : weight, context);
        var fusion = FusionWeight.Choose(measured);
        var judgedLabels = Array.ConvertAll(judged, i => labels[i]);
        var judgedCalibrated = calibrated.Select(judged);
        report.Learner = classifier.Name;
        report.Folds = validation.Folds;
        report.HeldOutGroups = groups.Count;
        report.KnownToNetwork = groups.Known;
        report.IsFlattered = groups.IsFlattered;
        report.HeldOutNote = groups.Note;
        report.TrainingAccuracy = Calibration.Accuracy(Predicted(classifier, rows), labels);
        report.HeldOutAccuracy = Calibration.Accuracy(heldOut.Select(judged), judgedLabels);
        report.MajorityAccuracy = (double)labels.CountBy(label => label).Max(count => count.Value) / labels.Length;
        report.HeldOutLogLoss = Calibration.LogLoss(judgedCalibrated, judgedLabels);
        report.CalibrationError = Calibration.ExpectedError(judgedCalibrated, judgedLabels);
        // What looks certain of photos that the network has learned from is no reason to be more certain of others.
        report.Temperature = groups.IsFlattered ? Math.Max(1, temperature) : temperature;
        report.Weight = categoryFirst ? 0 : fusion.Weight;
        report.HeldOutPrecisionAt5 = fusion.PrecisionAt5;
        report.HeldOutMeanAveragePrecision = fusion.MeanAveragePrecision;
        report.PicturePrecisionAt5 = measured[0].PrecisionAt5;
        report.PictureMeanAveragePrecision = measured[0].MeanAveragePrecision;
        return new LearnedCategories(classifier, unitRows.Columns, report);
    }

    /// <summary>Chooses a candidate, on a sample where all rows would tell no more, and predicts all rows held out by it.</summary>
    private (ICategoryLearner Chosen, FeatureMatrix HeldOut) Choose(
        CrossValidation validation, FeatureMatrix rows, string[] names, int[] labels, CategoryGroups groups, FitContext context)
    {
        if (learner.Candidates.Count == 1
            || ChoiceSample.Of(labels, groups, (learner as KernelRidgeLearner)?.RowsForChoice(validation.Folds), context.Seed)
            is not { } sample)
        {
            return Best(validation, labels, groups.Judged);
        }
        var sampled = new CrossValidation(
            rows.Select(sample.Rows), names, Array.ConvertAll(sample.Rows, i => labels[i]),
            Array.ConvertAll(sample.Rows, i => groups.Of[i]), validation.Folds, context);
        var chosen = Best(sampled, Array.ConvertAll(sample.Rows, i => labels[i]), sample.Judged).Chosen;
        return (chosen, validation.Predict(chosen));
    }

    /// <summary>
    /// Finds the candidate of the least held-out log loss. Candidates come from simple to flexible, so the first that is worse than the one
    /// before ends the search.
    /// </summary>
    private (ICategoryLearner Chosen, FeatureMatrix HeldOut) Best(CrossValidation validation, int[] labels, int[] judged)
    {
        (ICategoryLearner Learner, FeatureMatrix HeldOut, double Loss)? best = null;
        var truth = Array.ConvertAll(judged, i => labels[i]);
        foreach (var candidate in learner.Candidates)
        {
            var heldOut = validation.Predict(candidate);
            var counted = heldOut.Select(judged);
            var loss = Calibration.LogLoss(counted, truth, Calibration.Temperature(counted, truth));
            if (best is { } known && loss >= known.Loss)
                break;
            best = (candidate, heldOut, loss);
        }
        return (best!.Value.Learner, best.Value.HeldOut);
    }

    private static FeatureMatrix Predicted(ICategoryClassifier classifier, FeatureMatrix rows)
    {
        var probabilities = new FeatureMatrix(rows.Rows, classifier.Categories.Count);
        CrossValidation.Predict(classifier, rows, probabilities);
        return probabilities;
    }

    private static string WhyNot(CategoryReport report) => report.Categories.Count == 0
        ? Invariant($"None of the {report.UnlabeledRows:N0} items learned from has a category; ")
            + "give some to ToCatalog, or leave LearnCategories out."
        : Invariant($"All {report.LabeledRows:N0} items with a category are '{report.Categories[0]}': there is nothing to tell apart.");
}
