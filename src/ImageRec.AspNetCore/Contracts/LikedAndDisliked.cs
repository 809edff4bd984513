namespace ImageRec.AspNetCore;

/// <summary>Products a person likes and dislikes, as one question.</summary>
public sealed record LikedAndDisliked
{
    /// <summary>Ids to be near to, 1 or more, 100 at most.</summary>
    public IReadOnlyList<string> Liked { get; init; } = [];

    /// <summary>Ids to stay away from, 100 at most.</summary>
    public IReadOnlyList<string> Disliked { get; init; } = [];
}
