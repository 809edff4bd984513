namespace ImageRec.Evaluation;

/// <summary>Counts how often items of one category were predicted to be of another.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <param name="actual">n true categories.</param>
    /// <param name="predicted">n predictions in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    internal ConfusionMatrix(IReadOnlyList<string> actual, IReadOnlyList<string> predicted)
    {
        if (actual.Count != predicted.Count)
            throw new ArgumentException(
                $"{actual.Count} categories came with {predicted.Count} predictions; give one for each.", nameof(predicted));
        Categories = [.. actual.Concat(predicted).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        for (var i = 0; i < Categories.Count; i++)
            _positions[Categories[i]] = i;
        _counts = new int[Categories.Count, Categories.Count];
        for (var i = 0; i < actual.Count; i++)
            _counts[_positions[actual[i]], _positions[predicted[i]]]++;
        Total = actual.Count;
        Accuracy = Enumerable.Range(0, Categories.Count).Sum(i => _counts[i, i]) / (double)Total;
    }

    /// <summary>Gets the categories of both axes, in ordinal order: all that occur as truth or as prediction.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Gets how many items were counted.</summary>
    public int Total { get; }

    /// <summary>Gets the share of items on the diagonal, or NaN when nothing was counted.</summary>
    public double Accuracy { get; }

    /// <summary>
    /// Gets how many items of category <paramref name="actual"/> were predicted to be of <paramref name="predicted"/>. Both are positions
    /// in <see cref="Categories"/>.
    /// </summary>
    public int this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>Returns which share of the items predicted to be of a category are of it, or NaN when there are none.</summary>
    public double Precision(string category)
    {
        var c = Position(category);
        return _counts[c, c] / (double)Enumerable.Range(0, Categories.Count).Sum(i => _counts[i, c]);
    }

    /// <summary>Returns which share of a category's items were recognized, or NaN when it has none.</summary>
    public double Recall(string category)
    {
        var c = Position(category);
        return _counts[c, c] / (double)Enumerable.Range(0, Categories.Count).Sum(i => _counts[c, i]);
    }

    private int Position(string category) => _positions.TryGetValue(category, out var position)
        ? position
        : throw new ArgumentException(
            $"'{category}' is not one of the {Categories.Count} categories: {string.Join(", ", Categories.Take(20))}.", nameof(category));
}
