namespace ImageRec;

/// <summary>Ways to make an <see cref="AttributeMatch{TItem}"/>.</summary>
public static class AttributeMatch
{
    /// <summary>Agreement: 1 for an item whose value is the one wished for, 0 for any other and for an unknown one (null).</summary>
    /// <param name="name">What contributions call it.</param>
    /// <param name="value">Gives an item's value; called for many items, possibly on several threads.</param>
    /// <param name="wanted">The value wished for.</param>
    /// <param name="weight">How much it counts where the picture counts 1; more than 0.</param>
    public static AttributeMatch<TItem> Same<TItem>(string name, Func<TItem, string?> value, string wanted, float weight)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(wanted);
        return new AttributeMatch<TItem>(name, weight, _ => item => string.Equals(value(item), wanted, StringComparison.Ordinal) ? 1 : 0);
    }

    /// <summary>
    /// Closeness: exp(-|value - wanted| / spread), so 1 for the very number, 0.37 a standard deviation of the catalogue's values away; 0 for an unknown one (null or not finite).
    /// </summary>
    /// <param name="name">What contributions call it.</param>
    /// <param name="value">Gives an item's number; called for many items, possibly on several threads.</param>
    /// <param name="wanted">The number wished for.</param>
    /// <param name="weight">How much it counts where the picture counts 1; more than 0.</param>
    /// <param name="spread">The distance at which closeness is 0.37, more than 0; null takes the standard deviation over a thousand items of the catalogue.</param>
    public static AttributeMatch<TItem> Near<TItem>(string name, Func<TItem, double?> value, double wanted, float weight, double? spread = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!double.IsFinite(wanted))
            throw new ArgumentOutOfRangeException(nameof(wanted), wanted, $"The '{name}' wished for is a finite number.");
        if (spread is { } given && !(given > 0 && double.IsFinite(given)))
            throw new ArgumentOutOfRangeException(nameof(spread), given, $"The spread of '{name}' is a finite number above 0.");
        return new AttributeMatch<TItem>(name, weight, items =>
        {
            var scale = spread ?? Deviation(items.Select(value));
            return item => value(item) is { } number && double.IsFinite(number) ? Close(Math.Abs(number - wanted), scale) : 0;
        });
    }

    // Without any spread only the very number is near.
    private static float Close(double distance, double spread) => distance == 0 ? 1 : spread == 0 ? 0 : (float)Math.Exp(-distance / spread);

    private static double Deviation(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().Where(double.IsFinite).ToList();
        if (known.Count == 0)
            return 0;
        var mean = known.Average();
        return Math.Sqrt(known.Average(value => (value - mean) * (value - mean)));
    }
}
