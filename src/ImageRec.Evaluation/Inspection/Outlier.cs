namespace ImageRec.Evaluation;

/// <summary>Names an item that is similar to hardly anything in the catalog.</summary>
public sealed class Outlier
{
    internal Outlier(string id, double similarity, double deviations) => (Id, Similarity, Deviations) = (id, similarity, deviations);

    /// <summary>Gets the item's id.</summary>
    public string Id { get; }

    /// <summary>Gets the mean cosine similarity to the item's nearest neighbors.</summary>
    public double Similarity { get; }

    /// <summary>Gets how far that lies below the median of all items, in robust standard deviations.</summary>
    public double Deviations { get; }
}
