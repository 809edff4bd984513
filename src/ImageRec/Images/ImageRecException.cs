namespace ImageRec;

/// <summary>Serves as the base class of the errors that the library reports about images, networks, catalogs and files.</summary>
public abstract class ImageRecException : Exception
{
    private protected ImageRecException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
