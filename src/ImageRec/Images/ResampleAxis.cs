namespace ImageRec.Images;

/// <summary>
/// Holds the weights of an anti-aliased resize along one axis: a triangle filter whose width grows with the reduction, so that every source
/// pixel counts and patterns too fine for the target average out instead of turning into false ones.
/// </summary>
internal sealed class ResampleAxis
{
    private readonly int[] _first;
    private readonly int[] _offset;
    private readonly float[] _weights;

    /// <summary>Plans the axis.</summary>
    /// <param name="sourceLength">Pixels there are, 1 or more.</param>
    /// <param name="from">Start of the part that is resized.</param>
    /// <param name="length">Length of the part that is resized, more than 0.</param>
    /// <param name="targetLength">Pixels wanted, 1 or more.</param>
    public ResampleAxis(int sourceLength, double from, double length, int targetLength)
    {
        var scale = length / targetLength;
        var radius = Math.Max(scale, 1);
        _first = new int[targetLength];
        _offset = new int[targetLength + 1];
        var weights = new List<float>(targetLength * ((int)(2 * radius) + 1));
        for (var i = 0; i < targetLength; i++)
        {
            var center = from + (i + 0.5) * scale;
            var first = Math.Clamp((int)Math.Floor(center - radius), 0, sourceLength - 1);
            var last = Math.Clamp((int)Math.Ceiling(center + radius) - 1, first, sourceLength - 1);
            var total = 0.0;
            for (var s = first; s <= last; s++)
                total += Weight(s);
            while (last > first && Weight(first) == 0)
                first++;
            while (last > first && Weight(last) == 0)
                last--;
            for (var s = first; s <= last; s++)
                weights.Add(total == 0 ? 1f / (last - first + 1) : (float)(Weight(s) / total));
            (_first[i], _offset[i + 1]) = (first, weights.Count);

            double Weight(int s) => Math.Max(0, 1 - Math.Abs(s + 0.5 - center) / radius);
        }
        _weights = [.. weights];
        FirstUsed = _first[0];
        PastUsed = _first[^1] + Weights(targetLength - 1).Length;
    }

    /// <summary>Gets the first source pixel that counts.</summary>
    public int FirstUsed { get; }

    /// <summary>Gets one past the last source pixel that counts.</summary>
    public int PastUsed { get; }

    /// <summary>Returns the first source pixel of a target pixel; never falls from one target pixel to the next.</summary>
    public int First(int target) => _first[target];

    /// <summary>Returns what the source pixels from <see cref="First"/> on contribute to a target pixel; they sum to 1.</summary>
    public ReadOnlySpan<float> Weights(int target) => _weights.AsSpan(_offset[target], _offset[target + 1] - _offset[target]);
}
