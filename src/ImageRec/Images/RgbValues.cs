using System.Globalization;
using System.Text;

namespace ImageRec;

/// <summary>One number for each colour, always named, so that a network that wants blue first cannot mix them up.</summary>
/// <param name="Red">For red.</param>
/// <param name="Green">For green.</param>
/// <param name="Blue">For blue.</param>
public readonly record struct RgbValues(float Red, float Green, float Blue)
{
    /// <summary>The same number for the three colours.</summary>
    /// <param name="value">The number.</param>
    public static RgbValues All(float value) => new(value, value, value);

    // The text of a record follows the culture of the process; this one is the same everywhere.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Red = {Red}, Green = {Green}, Blue = {Blue}");
        return true;
    }
}
