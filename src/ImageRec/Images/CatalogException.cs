namespace ImageRec;

/// <summary>A catalogue cannot be used as given: no such folder, a column missing, an id twice. The message says which and what to do.</summary>
public sealed class CatalogException : Exception
{
    /// <summary>Creates the error with a general message.</summary>
    public CatalogException() : base("The catalogue cannot be used.")
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given, what was expected, what to do.</param>
    public CatalogException(string message) : base(message)
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given, what was expected, what to do.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public CatalogException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
