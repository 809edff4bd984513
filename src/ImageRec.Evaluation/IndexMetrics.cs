namespace ImageRec.Evaluation;

/// <summary>How even the answers of a search are.</summary>
public static class IndexMetrics
{
    /// <summary>Third standardised moment of the population: 0 when values lie evenly around their mean, positive with a long tail to the right; 0 when all are equal.</summary>
    /// <param name="values">n numbers; 0 of them give NaN.</param>
    public static double Skewness(ReadOnlySpan<double> values)
    {
        var mean = Bootstrap.Average(values);
        double squares = 0, cubes = 0;
        foreach (var value in values)
        {
            var off = value - mean;
            squares += off * off;
            cubes += off * off * off;
        }
        return squares == 0 ? 0 : cubes / values.Length / Math.Pow(squares / values.Length, 1.5);
    }
}
