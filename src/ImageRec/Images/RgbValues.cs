using System.Text.Json.Serialization;
using static System.FormattableString;

namespace ImageRec;

/// <summary>Holds one number per color, always named, so that a network that takes blue first cannot mix them up.</summary>
public readonly struct RgbValues
{
    /// <summary>Creates the values.</summary>
    /// <param name="red">The number for red.</param>
    /// <param name="green">The number for green.</param>
    /// <param name="blue">The number for blue.</param>
    [JsonConstructor]
    public RgbValues(float red, float green, float blue) => (Red, Green, Blue) = (red, green, blue);

    /// <summary>Gets the number for red.</summary>
    public float Red { get; }

    /// <summary>Gets the number for green.</summary>
    public float Green { get; }

    /// <summary>Gets the number for blue.</summary>
    public float Blue { get; }

    /// <summary>Gets what errors quote, the same under every culture.</summary>
    internal string Text => Invariant($"({Red}, {Green}, {Blue})");

    /// <summary>Returns the same number for all three colors.</summary>
    /// <param name="value">The number.</param>
    public static RgbValues All(float value) => new(value, value, value);

    internal bool IsSameAs(RgbValues other) => (Red, Green, Blue) == (other.Red, other.Green, other.Blue);
}
