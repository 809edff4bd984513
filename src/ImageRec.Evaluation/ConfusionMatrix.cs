namespace ImageRec.Evaluation;

/// <summary>How often items of one category were taken for another.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private ConfusionMatrix(IReadOnlyList<string> categories)
    {
        Categories = categories;
        _counts = new int[categories.Count, categories.Count];
        for (var i = 0; i < categories.Count; i++)
            _places[categories[i]] = i;
    }

    /// <summary>The categories that occur, as truth or as prediction, in ordinal order: both axes.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>How many items of the category <paramref name="actual"/> were taken for <paramref name="predicted"/>; positions in <see cref="Categories"/>.</summary>
    public int this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>How many items were counted.</summary>
    public int Total { get; private set; }

    /// <summary>Share on the diagonal; NaN when nothing was counted.</summary>
    public double Accuracy => Enumerable.Range(0, Categories.Count).Sum(i => _counts[i, i]) / (double)Total;

    /// <summary>Counts pairs.</summary>
    /// <param name="actual">n true categories.</param>
    /// <param name="predicted">n predictions in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ConfusionMatrix Of(IReadOnlyList<string> actual, IReadOnlyList<string> predicted)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(predicted);
        if (actual.Count != predicted.Count)
            throw new ArgumentException($"{actual.Count} categories came with {predicted.Count} predictions; give one for each.", nameof(predicted));
        var matrix = new ConfusionMatrix([.. actual.Concat(predicted).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]) { Total = actual.Count };
        for (var i = 0; i < actual.Count; i++)
            matrix._counts[matrix._places[actual[i]], matrix._places[predicted[i]]]++;
        return matrix;
    }

    /// <summary>Of the items taken for a category, the share that are of it; NaN when none was taken for it.</summary>
    public double Precision(string category) => _counts[Place(category), Place(category)] / (double)Enumerable.Range(0, Categories.Count).Sum(i => _counts[i, Place(category)]);

    /// <summary>Of a category's items, the share that were recognised; NaN when it has none.</summary>
    public double Recall(string category) => _counts[Place(category), Place(category)] / (double)Enumerable.Range(0, Categories.Count).Sum(i => _counts[Place(category), i]);

    private int Place(string category) => _places.TryGetValue(category, out var place)
        ? place
        : throw new ArgumentException($"'{category}' is not one of the {Categories.Count} categories: {string.Join(", ", Categories.Take(20))}.", nameof(category));
}
