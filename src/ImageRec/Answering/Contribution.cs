namespace ImageRec;

/// <summary>Says how much the image or an attribute counted in a score.</summary>
public sealed class Contribution
{
    /// <summary>Name of the image's contribution.</summary>
    public const string Picture = "picture";

    /// <summary>Creates a contribution.</summary>
    /// <param name="name"><see cref="Picture"/>, or the attribute's name.</param>
    /// <param name="similarity">The image's cosine, -1 to 1, or the attribute's closeness, 0 to 1.</param>
    /// <param name="share">Its weight as a share of all weights, 0 to 1.</param>
    public Contribution(string name, float similarity, float share) => (Name, Similarity, Share) = (name, similarity, share);

    /// <summary>Gets <see cref="Picture"/>, or the attribute's name.</summary>
    public string Name { get; }

    /// <summary>Gets the image's cosine, -1 to 1, or the attribute's closeness, 0 to 1.</summary>
    public float Similarity { get; }

    /// <summary>Gets its weight as a share of all weights, 0 to 1.</summary>
    public float Share { get; }

    /// <summary>Gets what it adds to the score; all contributions add up to <see cref="Recommendation{TItem}.Score"/>.</summary>
    public float Value => Similarity * Share;
}
