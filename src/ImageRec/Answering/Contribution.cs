using ImageRec.Building;

namespace ImageRec;

/// <summary>How much the picture or an attribute counted in a score.</summary>
/// <param name="Name">"picture", or the attribute's name.</param>
/// <param name="Similarity">The picture's cosine, -1 to 1, or the attribute's closeness, 0 to 1.</param>
/// <param name="Share">Its weight as a share of all weights, 0 to 1.</param>
public readonly record struct Contribution(string Name, float Similarity, float Share)
{
    /// <summary>What the picture's contribution is called.</summary>
    public const string Picture = "picture";

    /// <summary>What it adds to the score; all contributions add up to <see cref="Recommendation{TItem}.Score"/>.</summary>
    public float Value => Similarity * Share;
}
