using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Predicts every row by a classifier that has not seen it.</summary>
internal sealed class CrossValidation
{
    private readonly FeatureMatrix _rows;
    private readonly string[] _names;
    private readonly int[] _labels;
    private readonly int[] _groups;
    private readonly int[] _fold;
    private readonly FitContext _context;

    /// <summary>Splits rows into folds.</summary>
    /// <param name="unitRows">n x d.</param>
    /// <param name="names">k categories in ordinal order.</param>
    /// <param name="labels">n category numbers.</param>
    /// <param name="groups">n group numbers; a group is never on both sides.</param>
    /// <param name="folds">Parts, 2 or more.</param>
    /// <param name="context">Seed and cancellation.</param>
    public CrossValidation(FeatureMatrix unitRows, string[] names, int[] labels, int[] groups, int folds, FitContext context)
    {
        (_rows, _names, _labels, _groups, _context) = (unitRows, names, labels, groups, context);
        _fold = CategoryFolds.Assign(groups, labels, folds, context.Seed);
        Folds = folds;
    }

    public int Folds { get; }

    /// <summary>
    /// Predicts every row by a classifier learned from the other folds: n x k, 0 for a category that the other folds do not have.
    /// </summary>
    public FeatureMatrix Predict(ICategoryLearner learner)
    {
        var probabilities = new FeatureMatrix(_rows.Rows, _names.Length);
        // No more at a time than processors: each fit holds a matrix of its own.
        var parallel = new ParallelOptions
        {
            CancellationToken = _context.CancellationToken,
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        };
        Parallel.For(0, Folds, parallel, fold =>
        {
            var held = Where(i => _fold[i] == fold);
            var seen = Where(i => _fold[i] != fold);
            if (held.Length == 0)
                return;
            var present = seen.Select(i => _labels[i]).Distinct().Order().ToArray();
            if (present.Length < 2)
            {
                foreach (var i in held)
                    probabilities[i][present.Length == 1 ? present[0] : 0] = 1;
                return;
            }
            var classifier = learner.Fit(_rows.Select(seen), Array.ConvertAll(seen, i => _names[_labels[i]]), _context);
            var predicted = new FeatureMatrix(held.Length, present.Length);
            Predict(classifier, _rows.Select(held), predicted);
            for (var i = 0; i < held.Length; i++)
                for (var c = 0; c < present.Length; c++)
                    probabilities[held[i]][present[c]] = predicted[i][c];
        });
        return probabilities;
    }

    /// <summary>Predicts many rows for figures.</summary>
    public static void Predict(ICategoryClassifier classifier, FeatureMatrix unitRows, FeatureMatrix probabilities)
    {
        if (classifier is KernelClassifier kernel)
            kernel.PredictMany(unitRows, probabilities);
        else
            classifier.Predict(unitRows, probabilities);
    }

    /// <summary>Finds the temperature that suits held-out probabilities.</summary>
    /// <param name="heldOut">n x k.</param>
    /// <param name="judged">Rows that count.</param>
    public float Temperature(FeatureMatrix heldOut, int[] judged) =>
        Calibration.CautiousTemperature(
            heldOut.Select(judged), Array.ConvertAll(judged, i => _labels[i]), Array.ConvertAll(judged, i => _groups[i]));

    /// <summary>
    /// Calibrates held-out probabilities, each fold by the temperature that suits the rows of the other folds that count.
    /// </summary>
    public FeatureMatrix Calibrated(FeatureMatrix heldOut, int[] judged)
    {
        var calibrated = heldOut.Select([.. Enumerable.Range(0, heldOut.Rows)]);
        Parallel.For(0, Folds, fold =>
        {
            var temperature = Temperature(heldOut, [.. judged.Where(i => _fold[i] != fold)]);
            foreach (var i in Where(i => _fold[i] == fold))
                Calibration.Apply(calibrated[i], temperature);
        });
        return calibrated;
    }

    private int[] Where(Func<int, bool> condition) => [.. Enumerable.Range(0, _rows.Rows).Where(condition)];
}
