namespace ImageRec.Evaluation;

/// <summary>Names two items whose image files differ but show nearly the same.</summary>
public sealed class NearDuplicate
{
    internal NearDuplicate(string firstId, string secondId, float score) => (FirstId, SecondId, Score) = (firstId, secondId, score);

    /// <summary>Gets the id of the item that comes first in the catalog.</summary>
    public string FirstId { get; }

    /// <summary>Gets the id of the other item.</summary>
    public string SecondId { get; }

    /// <summary>Gets the cosine similarity of the two images, -1 to 1.</summary>
    public float Score { get; }
}
