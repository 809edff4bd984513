using System.Globalization;
using System.Text;

namespace ImageRec;

/// <summary>One number per color, always named, so that a network that wants blue first cannot mix them up.</summary>
/// <param name="Red">The number for red.</param>
/// <param name="Green">The number for green.</param>
/// <param name="Blue">The number for blue.</param>
public readonly record struct RgbValues(float Red, float Green, float Blue)
{
    /// <summary>Returns the same number for all three colors.</summary>
    /// <param name="value">The number.</param>
    public static RgbValues All(float value) => new(value, value, value);

    // The text of a record follows the culture of the process; this one is the same everywhere.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Red = {Red}, Green = {Green}, Blue = {Blue}");
        return true;
    }
}
