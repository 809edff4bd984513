namespace ImageRec;

/// <summary>
/// Thrown when a shared catalog cannot be used: its store is away, it was built with other components, or it is damaged. The message says
/// which shard or which component, and what to do.
/// </summary>
public sealed class SharedCatalogException : ImageRecException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Which catalog, what is wrong, what to do.</param>
    /// <param name="innerException">What went wrong underneath; null for nothing.</param>
    public SharedCatalogException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>Gets the number of the shard that did not answer, 0 or more; null when it is not about one shard.</summary>
    public int? Shard { get; init; }
}
