namespace ImageRec.Evaluation;

/// <summary>Confidence intervals and paired tests by resampling queries (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).</summary>
public static class Bootstrap
{
    /// <summary>The mean of values with its percentile interval.</summary>
    /// <param name="values">One number a query, n of them; 0 of them give NaN.</param>
    /// <param name="resamples">How often n values are drawn with replacement, 1 or more.</param>
    /// <param name="confidence">Share of resampled means inside the interval, between 0 and 1.</param>
    /// <param name="seed">Same seed, same interval.</param>
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
    /// Two-sided p-value of the mean difference of paired values, by random flips of the differences' signs (Fisher's permutation test): the chance of a
    /// difference at least so large if both were equally good.
    /// </summary>
    /// <param name="first">n values.</param>
    /// <param name="second">n values of the same queries in the same order.</param>
    /// <param name="resamples">How many flips, 1 or more; the least p is 1 / (resamples + 1).</param>
    /// <param name="seed">Same seed, same p.</param>
    /// <returns>Above 0, up to 1.</returns>
    public static double PairedPValue(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int resamples = 10_000, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (first.Length != second.Length)
            throw new ArgumentException($"{first.Length} values are paired with {second.Length}; give one of each for every query.", nameof(second));
        double sum = 0;
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
            sum += differences[i] = first[i] - second[i];
        // Sums in another order differ in their last digits; those count as equal.
        var reached = Math.Abs(sum) - 1e-9;
        var random = new Random(seed);
        var asLarge = 0;
        for (var resample = 0; resample < resamples; resample++)
        {
            double flipped = 0;
            foreach (var difference in differences)
                flipped += random.Next(2) == 0 ? difference : -difference;
            if (Math.Abs(flipped) >= reached)
                asLarge++;
        }
        return (asLarge + 1.0) / (resamples + 1.0);
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

    internal static double Average(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    /// <summary>Linear between the sorted values around it, as numpy does.</summary>
    internal static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    internal static void RequireShare(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Confidence is a share between 0 and 1, such as 0.95.");
    }
}
