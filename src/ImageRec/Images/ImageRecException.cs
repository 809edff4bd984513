namespace ImageRec;

/// <summary>Base of the errors that the library reports about pictures, networks, catalogs and files.</summary>
public abstract class ImageRecException : Exception
{
    private protected ImageRecException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
