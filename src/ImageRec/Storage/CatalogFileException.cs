namespace ImageRec;

/// <summary>
/// Thrown when a catalog file cannot be used: damaged, not one of ours, made by a newer version, unfinished, in use, or built with other
/// components. The message says which and what to do.
/// </summary>
public sealed class CatalogFileException : ImageRecException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Which file, what is wrong, what to do.</param>
    /// <param name="innerException">What went wrong underneath; null for nothing.</param>
    public CatalogFileException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>
    /// Gets whether another engine, in this process or another, changes the file, so that it is worth trying again later. The message names
    /// it.
    /// </summary>
    public bool IsInUse { get; internal init; }

    /// <summary>
    /// Gets which component the catalog was built with that only the app which built it has, such as <c>reducer</c>; null when that is not
    /// what is wrong.
    /// </summary>
    internal string? MissingComponent { get; init; }
}
