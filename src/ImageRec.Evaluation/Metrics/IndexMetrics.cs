namespace ImageRec.Evaluation.Metrics;

/// <summary>Measures how evenly a search finds items.</summary>
internal static class IndexMetrics
{
    /// <summary>
    /// Returns the third standardized moment of the population: 0 when values lie evenly around their mean or are all equal, positive with
    /// a long tail to the right.
    /// </summary>
    /// <param name="values">n values. No value at all gives NaN.</param>
    public static double Skewness(ReadOnlySpan<double> values)
    {
        var mean = Bootstrap.Average(values);
        double squares = 0, cubes = 0;
        foreach (var value in values)
        {
            var deviation = value - mean;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
        }
        return squares == 0 ? 0 : cubes / values.Length / Math.Pow(squares / values.Length, 1.5);
    }
}
