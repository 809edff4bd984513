using System.Globalization;
using ImageRec.Learning;

namespace ImageRec.Building;

/// <summary>Holds how a builder learns categories.</summary>
/// <param name="Learner">What learns.</param>
/// <param name="Weight">The weight of the categories, where the image counts 1; null chooses it.</param>
/// <param name="Folds">Parts of the cross-validation.</param>
/// <param name="CategoryFirst">Whether the category decides before the image does.</param>
internal sealed record CategoryChoice(
    ICategoryLearner Learner, float? Weight = null, int Folds = CategoryChoice.UsualFolds, bool CategoryFirst = false)
{
    /// <summary>What a file holds when categories are not learned.</summary>
    public const string None = "none";

    /// <summary>Parts of the cross-validation by default.</summary>
    public const int UsualFolds = 5;

    /// <summary>Gets the learner's name and the settings that differ from the usual ones.</summary>
    public string Name => Learner.Name
        + (Weight is { } weight ? string.Create(CultureInfo.InvariantCulture, $"(weight {weight})") : "")
        + (Folds != UsualFolds ? $"({Folds} folds)" : "")
        + (CategoryFirst ? "(category first)" : "");

    /// <param name="unitRows">n x d.</param>
    /// <param name="categories">n names; null where it is not known.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <param name="facts">What else is known of the rows.</param>
    public LearnedCategories Learn(
        Vectors.FeatureMatrix unitRows, IReadOnlyList<string?> categories, FitContext context, RowFacts? facts = null) =>
        new CategoryStudy(Learner, Weight, Folds, CategoryFirst).Run(unitRows, categories, context, facts);
}
