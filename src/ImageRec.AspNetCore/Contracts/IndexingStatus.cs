namespace ImageRec.AspNetCore;

/// <summary>Where indexing stands.</summary>
public sealed record IndexingStatus
{
    /// <summary>What the indexer does.</summary>
    public IndexingState State { get; init; }

    /// <summary>Whether recommendations are answered.</summary>
    public bool CanRecommend { get; init; }

    /// <summary>Products looked at in this run.</summary>
    public int Done { get; init; }

    /// <summary>Products listed.</summary>
    public int Total { get; init; }

    /// <summary>Products in the index.</summary>
    public int Indexed { get; init; }

    /// <summary>Products whose picture cannot be read.</summary>
    public int Unreadable { get; init; }

    /// <summary>Pictures computed a second; 0 until the first is done.</summary>
    public double PerSecond { get; init; }

    /// <summary>Estimated seconds until everything is indexed; null when it cannot be told.</summary>
    public double? RemainingSeconds { get; init; }

    /// <summary>What went wrong, for people; null when nothing did.</summary>
    public string? Message { get; init; }
}
