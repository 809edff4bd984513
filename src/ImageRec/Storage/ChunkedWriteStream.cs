namespace ImageRec.Storage;

/// <summary>Cuts what is written into chunks of one size (the last may be shorter) and hands each over.</summary>
internal sealed class ChunkedWriteStream(int chunkBytes, Action<int, byte[]> write) : Stream
{
    private readonly MemoryStream _chunk = new();
    private int _chunks;
    private long _length;
    private bool _closed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, chunkBytes - (int)_chunk.Length)];
            _chunk.Write(part);
            _length += part.Length;
            buffer = buffer[part.Length..];
            if (_chunk.Length == chunkBytes)
                HandOver();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!_closed && (_chunk.Length > 0 || _chunks == 0))
            HandOver();
        _closed = true;
        base.Dispose(disposing);
    }

    private void HandOver()
    {
        write(_chunks++, _chunk.ToArray());
        _chunk.SetLength(0);
    }
}
