namespace ImageRec;

/// <summary>Describes something known besides the image, such as the brand or the price, that counts in the ranking.</summary>
/// <typeparam name="TItem">The caller's own type.</typeparam>
/// <example>
/// <code>
/// new RecommendOptions&lt;Product&gt;
/// {
/// Attributes = [AttributeMatch.Same&lt;Product&gt;("brand", p => p.Brand, "Acme", weight: 0.2f),
/// AttributeMatch.Near&lt;Product&gt;("price", p => (double)p.Price, 49.90, weight: 0.3f)], }
/// </code>
/// </example>
public sealed class AttributeMatch<TItem>
{
    internal AttributeMatch(string name, float weight, Func<IEnumerable<TItem>, Func<TItem, float>> closeness)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!(weight > 0 && float.IsFinite(weight)))
            throw new ArgumentOutOfRangeException(nameof(weight), weight,
                $"The weight of '{name}' beside the picture's, which is 1, is more than 0. Leave the attribute out to let it not count.");
        (Name, Weight, Closeness) = (name, weight, closeness);
    }

    /// <summary>Gets what <see cref="Contribution.Name"/> calls it.</summary>
    public string Name { get; }

    /// <summary>Gets how much it counts where the image counts 1.</summary>
    public float Weight { get; }

    /// <summary>
    /// Gets the function that, given items to learn the spread from, says how close an item is to what is wanted: 0 to 1.
    /// </summary>
    internal Func<IEnumerable<TItem>, Func<TItem, float>> Closeness { get; }
}
