using Microsoft.Win32.SafeHandles;

namespace ImageRec.Features;

/// <summary>Holds the bytes of a network, read from their file once, on first use.</summary>
internal sealed class OnnxWeights
{
    private readonly Lazy<ReadOnlyMemory<byte>> _bytes;

    private OnnxWeights(string name, string? folder, Func<ReadOnlyMemory<byte>> read)
    {
        (Name, Folder) = (name, folder);
        // A failure is not kept: the file may be put there meanwhile.
        _bytes = new(read, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What errors call the network.</summary>
    public string Name { get; }

    /// <summary>The folder that files of weights lie in; null for a network in memory.</summary>
    public string? Folder { get; }

    /// <summary>The bytes.</summary>
    /// <exception cref="OnnxModelException">There is no such file, it cannot be read, or it is something else than a network.</exception>
    public ReadOnlyMemory<byte> Bytes => _bytes.Value;

    /// <summary>Takes bytes in memory.</summary>
    public static OnnxWeights FromBytes(ReadOnlyMemory<byte> bytes, string name) => new(name, null, () => bytes);

    /// <summary>Takes a file, not read yet.</summary>
    public static OnnxWeights FromFile(string path)
    {
        var fullPath = Path.GetFullPath(path);
        return new(path, Path.GetDirectoryName(fullPath), () => Read(path, fullPath));
    }

    private static ReadOnlyMemory<byte> Read(string path, string fullPath)
    {
        try
        {
            if (Directory.Exists(fullPath))
            {
                throw new OnnxModelException(
                    $"The network '{path}' cannot be read: it is a folder. Name the ONNX file in it{Example(path, fullPath)}.");
            }
            using var file = File.OpenHandle(fullPath, options: FileOptions.SequentialScan);
            return Read(path, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException
                ? $"there is no such file (looked for {fullPath})"
                : e.Message.TrimEnd('.');
            throw new OnnxModelException($"The network '{path}' cannot be read: {reason}.", e);
        }
    }

    private static byte[] Read(string path, SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        var head = new byte[Math.Min(length, NotOnnx.HeadLength)];
        ReadExactly(head);
        // Before the rest is read: a film of a gigabyte is refused at once.
        if (NotOnnx.Describe(head) is { } what)
            throw new OnnxModelException($"'{path}' is not an ONNX network: {what}");
        if (length > ByteRope.MaxLength)
        {
            throw new OnnxModelException(
                $"'{path}' has {length:N0} bytes; an ONNX file has {ByteRope.MaxLength:N0} at most (protobuf), "
                + "and more only with its weights in files beside it. Give the ONNX file itself.");
        }
        var bytes = new byte[length];
        ReadExactly(bytes);
        return bytes;

        void ReadExactly(Span<byte> destination)
        {
            for (var done = 0; done < destination.Length;)
            {
                var read = RandomAccess.Read(file, destination[done..], done);
                if (read == 0)
                    throw new OnnxModelException($"'{path}' became shorter while it was read. Copy or download it again.");
                done += read;
            }
        }
    }

    private static string Example(string path, string fullPath)
    {
        var first = Directory.EnumerateFiles(fullPath, "*.onnx").Order(StringComparer.Ordinal).FirstOrDefault();
        return first is null ? "; there is none that ends in .onnx" : $", such as '{Path.Combine(path, Path.GetFileName(first))}'";
    }
}
