namespace ImageRec;

/// <summary>A stream that can be read once; what the first reading gave, bytes or error, is given again.</summary>
internal sealed class OnceImageSource(Stream stream, string name) : ImageSource(name)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ReadOnlyMemory<byte>? _bytes;
    private UnreadableImageException? _failure;

    public override async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long maxBytes, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_failure is not null)
                throw new UnreadableImageException(_failure.Message, _failure);
            return _bytes ??= await StreamImageSource.ReadToEndAsync(stream, Name, maxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw _failure = new UnreadableImageException($"'{Name}' cannot be read: {e.Message}", e);
        }
        catch (UnreadableImageException e)
        {
            _failure = e;
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }
}
