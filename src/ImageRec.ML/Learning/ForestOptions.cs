namespace ImageRec;

/// <summary>
/// Configures how categories are learned by random forests; see <see cref="MLNetBuilderExtensions.LearnCategoriesWithForest"/>.
/// </summary>
public sealed class ForestOptions
{
    /// <summary>Gets or sets the number of trees per category, 1 or more. Default: 100.</summary>
    public int Trees { get; set; } = 100;

    /// <summary>Gets or sets how much categories weigh; see <see cref="CategoryOptions.Weight"/>.</summary>
    public float? Weight { get; set; }

    /// <summary>
    /// Gets or sets whether the category decides before the image does, as in Ullah et al.; see
    /// <see cref="CategoryOptions.CategoryFirst"/>.
    /// </summary>
    public bool CategoryFirst { get; set; }
}
