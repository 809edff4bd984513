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
}
