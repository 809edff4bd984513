namespace ImageRec;

/// <summary>Makes instances of <see cref="AttributeMatch{TItem}"/>.</summary>
public static class AttributeMatch
{
    /// <summary>Scores agreement: 1 for an item whose value is the wanted one, 0 for any other and for an unknown one (null).</summary>
    /// <param name="name">What contributions call it.</param>
    /// <param name="value">Returns an item's value; called for many items, possibly on several threads.</param>
    /// <param name="wanted">The wanted value.</param>
    /// <param name="weight">How much it counts where the image counts 1; more than 0.</param>
    public static AttributeMatch<TItem> Same<TItem>(string name, Func<TItem, string?> value, string wanted, float weight)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(wanted);
        return new AttributeMatch<TItem>(name, weight, _ => item => string.Equals(value(item), wanted, StringComparison.Ordinal) ? 1 : 0);
    }

    /// <summary>
    /// Scores closeness, exp(-|value - wanted| / spread): 1 for the wanted number, 0.37 one standard deviation of the catalog's values
    /// away, 0 for an unknown one (null or not finite).
    /// </summary>
    /// <param name="name">What contributions call it.</param>
    /// <param name="value">Returns an item's number; called for many items, possibly on several threads.</param>
    /// <param name="wanted">The wanted number.</param>
    /// <param name="weight">How much it counts where the image counts 1; more than 0.</param>
    /// <param name="spread">
    /// The distance at which closeness is 0.37, more than 0; null takes the standard deviation over a thousand items of the catalog.
    /// </param>
    public static AttributeMatch<TItem> Near<TItem>(
        string name, Func<TItem, double?> value, double wanted, float weight, double? spread = null)
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

    // Without any spread only the exact number is close.
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
