using System.Globalization;

namespace ImageRec.Evaluation;

/// <summary>A measured figure with its confidence interval.</summary>
/// <param name="Value">The figure on all queries.</param>
/// <param name="Low">Lower end of the interval, 95% unless the options say otherwise.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Such as <c>0.731 [0.690, 0.772]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:F3} [{Low:F3}, {High:F3}]");
}
