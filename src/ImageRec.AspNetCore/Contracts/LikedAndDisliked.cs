namespace ImageRec.AspNetCore.Contracts;

/// <summary>Products that a user likes and dislikes.</summary>
internal sealed record LikedAndDisliked
{
    /// <summary>Ids of products to be similar to, 1 to 100.</summary>
    public IReadOnlyList<string> Liked { get; set; } = [];

    /// <summary>Ids of products to be different from, 100 at most.</summary>
    public IReadOnlyList<string> Disliked { get; set; } = [];
}
