using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Calibrates probabilities, and measures how well they are calibrated.</summary>
internal static class Calibration
{
    private const int Bins = 15;
    private const float Least = 1e-7f;
    private const float Highest = 20;

    /// <summary>Raises probabilities to the power 1 / <paramref name="temperature"/> and divides by their sum, in place.</summary>
    /// <remarks>
    /// Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017, section 4.2: scores divided by one number.
    /// </remarks>
    public static void Apply(Span<float> probabilities, float temperature)
    {
        if (temperature == 1)
            return;
        for (var i = 0; i < probabilities.Length; i++)
            probabilities[i] = MathF.Log(MathF.Max(probabilities[i], Least)) / temperature;
        Softmax.Apply(probabilities);
    }

    /// <summary>Finds the temperature of the least log loss, 0.05 to 20, by golden section on its logarithm.</summary>
    /// <remarks>
    /// Rows count as if one more had been right and one wrong (Platt, "Probabilistic outputs for support vector machines", 1999, section
    /// 2.2), so that a sample without mistakes does not make the classifier certain of everything.
    /// </remarks>
    /// <param name="probabilities">n x k predictions of rows that were held out.</param>
    /// <param name="labels">n true category numbers; -1 for a category the classifier did not know.</param>
    public static float Temperature(FeatureMatrix probabilities, ReadOnlySpan<int> labels)
    {
        var (low, high) = (Math.Log(0.05), Math.Log(Highest));
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var truth = labels.ToArray();
        double Loss(double logarithm) => LogLoss(probabilities, truth, (float)Math.Exp(logarithm), 1.0 / (truth.Length + 2));
        var (a, b) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
        var (lossA, lossB) = (Loss(a), Loss(b));
        for (var i = 0; i < 24; i++)
        {
            if (lossA <= lossB)
            {
                (high, b, lossB) = (b, a, lossA);
                a = high - (ratio * (high - low));
                lossA = Loss(a);
            }
            else
            {
                (low, a, lossA) = (a, b, lossB);
                b = low + (ratio * (high - low));
                lossB = Loss(b);
            }
        }
        return (float)Math.Exp((low + high) / 2);
    }

    /// <summary>
    /// Finds the highest temperature whose log loss is within half a standard error of the least: images of others are seldom easier to
    /// classify than held-out rows of the same sample.
    /// </summary>
    /// <param name="probabilities">n x k predictions of rows that were held out.</param>
    /// <param name="labels">n true category numbers.</param>
    /// <param name="groups">
    /// n group numbers; rows of one group are right or wrong together and count as one observation of the error.
    /// </param>
    public static float CautiousTemperature(FeatureMatrix probabilities, int[] labels, int[] groups)
    {
        var least = Temperature(probabilities, labels);
        var losses = Enumerable.Range(0, groups.Length)
            .GroupBy(i => groups[i], i => RowLoss(probabilities, labels, i, least))
            .Select(group => group.Sum())
            .ToArray();
        if (losses.Length < 2)
            return least;
        var mean = losses.Average();
        var error = Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / (losses.Length - 1.0) * losses.Length) / groups.Length;
        var allowed = LogLoss(probabilities, labels, least) + (error / 2);
        var (low, high) = (Math.Log(least), Math.Log(Math.Max(least, Highest)));
        // Beyond the least the loss only grows with the temperature.
        for (var i = 0; i < 16; i++)
        {
            var middle = (low + high) / 2;
            if (LogLoss(probabilities, labels, (float)Math.Exp(middle)) <= allowed)
                low = middle;
            else
                high = middle;
        }
        return (float)Math.Exp(low);
    }

    private static double RowLoss(FeatureMatrix probabilities, int[] labels, int row, float temperature)
    {
        var calibrated = probabilities[row].ToArray();
        Apply(calibrated, temperature);
        return -Math.Log(Math.Max(labels[row] < 0 ? 0 : calibrated[labels[row]], Least));
    }

    /// <summary>Computes the mean of -ln of the probability given to the truth.</summary>
    /// <param name="probabilities">n x k.</param>
    /// <param name="labels">n true category numbers; -1 for a category that was not known.</param>
    /// <param name="temperature">Applied first.</param>
    /// <param name="doubt">Share of each row that counts for all other categories alike, 0 to 1.</param>
    public static double LogLoss(FeatureMatrix probabilities, ReadOnlySpan<int> labels, float temperature = 1, double doubt = 0)
    {
        var row = new float[probabilities.Columns];
        double sum = 0;
        for (var i = 0; i < probabilities.Rows; i++)
        {
            probabilities[i].CopyTo(row);
            Apply(row, temperature);
            var ofTruth = Math.Log(Math.Max(labels[i] < 0 ? 0 : row[labels[i]], Least));
            sum -= (1 - doubt) * ofTruth;
            if (doubt > 0)
                sum -= doubt * OfOthers(row, ofTruth);
        }
        return probabilities.Rows == 0 ? 0 : sum / probabilities.Rows;
    }

    /// <summary>Computes the mean logarithm of all probabilities but one.</summary>
    private static double OfOthers(float[] row, double ofTruth)
    {
        double sum = 0;
        foreach (var probability in row)
            sum += Math.Log(Math.Max(probability, Least));
        return (sum - ofTruth) / Math.Max(1, row.Length - 1);
    }

    /// <summary>Computes the share of rows whose most probable category is the true one.</summary>
    public static double Accuracy(FeatureMatrix probabilities, ReadOnlySpan<int> labels)
    {
        var right = 0;
        for (var i = 0; i < probabilities.Rows; i++)
            right += TensorPrimitives.IndexOfMax<float>(probabilities[i]) == labels[i] ? 1 : 0;
        return probabilities.Rows == 0 ? 0 : (double)right / probabilities.Rows;
    }

    /// <summary>
    /// Computes the expected calibration error: how far the highest probability is from the share that is right, over 15 bins of equal
    /// width, weighted by rows.
    /// </summary>
    /// <remarks>Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.</remarks>
    public static double ExpectedError(FeatureMatrix probabilities, int[] labels) =>
        ExpectedError(Enumerable.Range(0, probabilities.Rows).Select(i =>
        {
            var best = TensorPrimitives.IndexOfMax<float>(probabilities[i]);
            return (probabilities[i][best], best == labels[i]);
        }));

    /// <summary>Computes the same of predictions, each with its probability and whether it is right.</summary>
    public static double ExpectedError(IEnumerable<(float Probability, bool IsRight)> predictions)
    {
        var gaps = new double[Bins];
        var count = 0;
        foreach (var (probability, isRight) in predictions)
        {
            gaps[Math.Min((int)(probability * Bins), Bins - 1)] += (isRight ? 1 : 0) - probability;
            count++;
        }
        return count == 0 ? 0 : gaps.Sum(Math.Abs) / count;
    }
}
