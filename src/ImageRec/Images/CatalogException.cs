namespace ImageRec;

/// <summary>
/// Thrown when a catalog cannot be used as given: no such folder, a column missing, an id twice. The message says which and what to do.
/// </summary>
public sealed class CatalogException : ImageRecException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given, what was expected, what to do.</param>
    /// <param name="innerException">What went wrong underneath; null for nothing.</param>
    public CatalogException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
