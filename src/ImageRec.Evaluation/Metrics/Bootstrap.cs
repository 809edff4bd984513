namespace ImageRec.Evaluation.Metrics;

/// <summary>Computes confidence intervals and paired tests by resampling queries.</summary>
/// <remarks>Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.</remarks>
internal static class Bootstrap
{
    /// <summary>Returns the mean of values with its percentile interval.</summary>
    /// <param name="values">One value per query, n of them. No value at all gives NaN.</param>
    /// <param name="resamples">How often n values are drawn with replacement, 1 or more.</param>
    /// <param name="confidence">The share of resampled means inside the interval, between 0 and 1.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    public static Estimate Mean(ReadOnlySpan<double> values, int resamples = 1000, double confidence = 0.95, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        RequireShare(confidence);
        if (values.Length == 0)
            return new Estimate(double.NaN, double.NaN, double.NaN);
        var means = ResampledMeans(values, resamples, seed);
        return new Estimate(Average(values), Quantile(means, (1 - confidence) / 2), Quantile(means, (1 + confidence) / 2));
    }

    /// <summary>
    /// Returns the two-sided p-value of the mean difference of paired values, by random flips of the differences' signs (Fisher's
    /// permutation test): the chance of a difference at least as large if both were equally good.
    /// </summary>
    /// <param name="first">n values.</param>
    /// <param name="second">n values of the same queries in the same order.</param>
    /// <param name="resamples">The number of flips, 1 or more. The smallest possible p is 1 / (resamples + 1).</param>
    /// <param name="seed">The same seed gives the same p.</param>
    /// <returns>A number above 0, up to 1.</returns>
    public static double PairedPValue(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int resamples = 10_000, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (first.Length != second.Length)
            throw new ArgumentException(
                $"{first.Length} values are paired with {second.Length}; give one of each for every query.", nameof(second));
        double sum = 0;
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
            sum += differences[i] = first[i] - second[i];
        // Sums in another order differ in their last digits; those count as equal.
        var observed = Math.Abs(sum) - 1e-9;
        var random = new Random(seed);
        var asLarge = 0;
        for (var resample = 0; resample < resamples; resample++)
        {
            double flipped = 0;
            foreach (var difference in differences)
                flipped += random.Next(2) == 0 ? difference : -difference;
            if (Math.Abs(flipped) >= observed)
                asLarge++;
        }
        return (asLarge + 1.0) / (resamples + 1.0);
    }

    public static double Average(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    /// <summary>Interpolates linearly between the two sorted values around the quantile, as numpy does.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    public static void RequireShare(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Confidence is a share between 0 and 1, such as 0.95.");
    }

    private static double[] ResampledMeans(ReadOnlySpan<double> values, int resamples, int seed)
    {
        var random = new Random(seed);
        var means = new double[resamples];
        for (var resample = 0; resample < resamples; resample++)
        {
            double sum = 0;
            for (var i = 0; i < values.Length; i++)
                sum += values[random.Next(values.Length)];
            means[resample] = sum / values.Length;
        }
        Array.Sort(means);
        return means;
    }
}
