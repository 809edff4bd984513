using System.Globalization;

namespace ImageRec.Evaluation;

/// <summary>Holds a measured figure and its confidence interval.</summary>
public readonly struct Estimate
{
    internal Estimate(double value, double low, double high) => (Value, Low, High) = (value, low, high);

    /// <summary>Gets the figure over all queries.</summary>
    public double Value { get; }

    /// <summary>Gets the lower end of the interval. The interval covers 95 % unless the options say otherwise.</summary>
    public double Low { get; }

    /// <summary>Gets the upper end of the interval.</summary>
    public double High { get; }

    /// <summary>Returns the figure and its interval, such as <c>0.731 [0.690, 0.772]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:F3} [{Low:F3}, {High:F3}]");
}
