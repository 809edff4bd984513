namespace ImageRec;

/// <summary>
/// Configures how categories are learned and how much they count; see <see cref="RecommenderBuilder.LearnCategories"/>.
/// </summary>
public sealed class CategoryOptions
{
    /// <summary>Gets or sets what learns. Default: kernel ridge regression.</summary>
    public CategoryTrainer Trainer { get; set; }

    /// <summary>
    /// Gets or sets the penalty on large weights: 0.0001 or more for kernel ridge regression, 0 or more for maximum entropy. Default
    /// (null): the best of several on held-out rows.
    /// </summary>
    public float? L2Regularization { get; set; }

    /// <summary>
    /// Gets or sets the weight of the categories beside the image, more than 0 to 100: a score is (cosine of the images + weight^2 x
    /// agreement of the categories) / (1 + weight^2). Default (null): the one that ranks held-out rows best.
    /// </summary>
    public float? Weight { get; set; }

    /// <summary>
    /// Gets or sets whether the category decides before the image does: the most probable category's items come first, by the cosine of
    /// their images alone, and where it has too few, those of the next most probable follow. A score is the cosine of the images then.
    /// Default: false, which joins both in one score by <see cref="Weight"/>.
    /// </summary>
    public bool CategoryFirst { get; set; }

    /// <summary>Gets or sets the number of parts into which cross-validation splits the rows, 2 to 20. Default: 5.</summary>
    public int Folds { get; set; } = 5;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">Two options exclude each other.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Trainer))
            throw new ArgumentOutOfRangeException(nameof(Trainer), Trainer, "There is no such trainer.");
        if (L2Regularization is { } l2 && !(l2 >= 0 && float.IsFinite(l2)))
            throw new ArgumentOutOfRangeException(nameof(L2Regularization), l2, "The L2 penalty is a finite number, 0 or more.");
        if (Weight is { } weight && !(weight > 0 && weight <= 100))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Weight),
                weight,
                "The weight of the categories is more than 0 and at most 100. Leave LearnCategories out to rank by the image alone.");
        }
        if (CategoryFirst && Weight is { } joined)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Weight is {joined}, which joins the categories to the score, and CategoryFirst is true, ")
                + "which leaves the score to the image. Set one of them.", nameof(Weight));
        }
        if (Folds is < 2 or > 20)
            throw new ArgumentOutOfRangeException(nameof(Folds), Folds, "Cross-validation takes 2 to 20 folds.");
    }
}
