namespace ImageRec.AspNetCore;

/// <summary>What the indexer of a catalog is doing and how far it is.</summary>
public sealed record IndexingStatus
{
    /// <summary>Name of the catalog; <c>default</c> for the one without a name.</summary>
    public string Catalog { get; init; } = "";

    /// <summary>What the indexer is doing.</summary>
    public IndexingState State { get; init; }

    /// <summary>Whether recommendations are served.</summary>
    public bool CanRecommend { get; init; }

    /// <summary>Products processed in this run.</summary>
    public int Done { get; init; }

    /// <summary>Products listed.</summary>
    public int Total { get; init; }

    /// <summary>Products in the index.</summary>
    public int Indexed { get; init; }

    /// <summary>Products whose picture cannot be read.</summary>
    public int Unreadable { get; init; }

    /// <summary>Pictures computed per second; 0 until the first is done.</summary>
    public double PerSecond { get; init; }

    /// <summary>Estimated seconds until all products are indexed; null when unknown.</summary>
    public double? RemainingSeconds { get; init; }

    /// <summary>What went wrong, as a sentence for people; null when nothing did.</summary>
    public string? Message { get; init; }
}
