namespace ImageRec.Tests.Images;

/// <summary>A caller's stream that misbehaves as told.</summary>
internal sealed class OddStream(byte[] bytes) : MemoryStream(bytes)
{
    /// <summary>Called before every read; what it returns is claimed to have been read, null reads.</summary>
    public Func<Memory<byte>, int?>? OnRead { get; set; }

    public Action? OnDispose { get; init; }

    public int? Claimed { get; init; }

    public bool Seekable { get; init; } = true;

    public override bool CanSeek => Seekable;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return OnRead?.Invoke(buffer) ?? Claimed ?? await base.ReadAsync(buffer, CancellationToken.None);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        OnDispose?.Invoke();
    }
}
