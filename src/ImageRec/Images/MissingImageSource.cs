namespace ImageRec;

/// <summary>The picture of an item whose picture could not even be named; every reading says why.</summary>
/// <param name="name">What errors call it.</param>
/// <param name="reason">The end of the sentence.</param>
/// <param name="cause">What the caller's code threw; null when it threw nothing.</param>
internal sealed class MissingImageSource(string name, string reason, Exception? cause = null) : ImageSource(name)
{
    private protected override ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(long maxBytes, IReadMeter? meter, CancellationToken cancellationToken)
    {
        var message = $"'{Name}' has no picture: {reason}.";
        throw cause is null ? new UnreadableImageException(message) : new UnreadableImageException(message, cause);
    }
}
