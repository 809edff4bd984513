namespace ImageRec.Features;

/// <summary>The bytes of a network, read from their file once, on first use. Two are equal when they are the same bytes in memory or the same file.</summary>
internal sealed class OnnxWeights : IEquatable<OnnxWeights>
{
    private readonly Lazy<ReadOnlyMemory<byte>> _bytes;
    private readonly object _identity;

    private OnnxWeights(string name, object identity, Func<ReadOnlyMemory<byte>> read) => (Name, _identity, _bytes) = (name, identity, new(read));

    public static OnnxWeights None { get; } = FromBytes(default, "onnx");

    /// <summary>What errors call the network.</summary>
    public string Name { get; }

    /// <exception cref="OnnxModelException">There is no such file, or it cannot be read.</exception>
    public ReadOnlyMemory<byte> Bytes => _bytes.Value;

    public static OnnxWeights FromBytes(ReadOnlyMemory<byte> bytes, string name) => new(name, bytes, () => bytes);

    public static OnnxWeights FromFile(string path)
    {
        var fullPath = Path.GetFullPath(path);
        return new(path, fullPath, () => Read(path, fullPath));
    }

    public bool Equals(OnnxWeights? other) => other is not null && _identity.Equals(other._identity);

    public override bool Equals(object? obj) => Equals(obj as OnnxWeights);

    public override int GetHashCode() => _identity.GetHashCode();

    private static ReadOnlyMemory<byte> Read(string path, string fullPath)
    {
        try
        {
            return File.ReadAllBytes(fullPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            throw new OnnxModelException($"The network '{path}' cannot be read: {reason}.", e);
        }
    }
}
