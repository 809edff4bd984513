namespace ImageRec;

/// <summary>Holds the answer for one of several images: an image that cannot be read does not affect the others.</summary>
/// <typeparam name="T">Type of what is answered.</typeparam>
public sealed class BatchAnswer<T>
{
    /// <summary>Creates an answer.</summary>
    /// <param name="answers">What was found; empty for an image that cannot be read.</param>
    /// <param name="unreadable">Why the image cannot be read; null when it can.</param>
    public BatchAnswer(IReadOnlyList<T> answers, string? unreadable = null)
    {
        ArgumentNullException.ThrowIfNull(answers);
        (Answers, Unreadable) = (answers, unreadable);
    }

    internal BatchAnswer(UnreadableImageException failure) : this([], failure.Message) => Failure = failure;

    /// <summary>Gets what was found, best first; empty for an image that cannot be read.</summary>
    public IReadOnlyList<T> Answers { get; }

    /// <summary>Gets why the image cannot be read, a sentence that names it; null when it can.</summary>
    public string? Unreadable { get; }

    /// <summary>Gets the same with its cause, as it was thrown.</summary>
    internal UnreadableImageException? Failure { get; }

    /// <summary>Returns what was found.</summary>
    /// <exception cref="UnreadableImageException">The image cannot be read.</exception>
    internal IReadOnlyList<T> Required() =>
        Failure is null ? Answers : throw new UnreadableImageException(Failure.Message, Failure.InnerException);
}
