using System.Globalization;

namespace ImageRec.Features;

/// <summary>
/// Reads a part of a file beside an ONNX file that holds the values of one tensor (onnx.proto: TensorProto.external_data).
/// </summary>
internal sealed class ExternalData
{
    private readonly string _network;
    private readonly string _tensor;
    private readonly string _location;
    private readonly string _path;
    private readonly long _offset;

    /// <summary>Finds the part and checks that it is there.</summary>
    /// <param name="source">The ONNX file.</param>
    /// <param name="tensor">Name of the tensor.</param>
    /// <param name="entries">Location, offset and length.</param>
    /// <param name="bytes">Bytes that the tensor's shape asks for; null when that is not known.</param>
    /// <exception cref="OnnxModelException">The file is not there, not beside the network, or too short.</exception>
    public ExternalData(OnnxWeights source, string tensor, IReadOnlyDictionary<string, string> entries, long? bytes)
    {
        (_network, _tensor, _location) = (source.Name, Excerpt.Of(tensor), entries.GetValueOrDefault("location", ""));
        if (source.Folder is not { } folder)
        {
            throw new OnnxModelException(
                $"'{_network}' keeps its weights in another file, '{Excerpt.Of(_location)}', and was given as bytes, "
                + "which have no folder to look in. "
                + $"Use new {nameof(OnnxModel)}(path), or save the network as one file: {ExternalWeights.AsOneFile}.");
        }
        _path = Resolve(folder);
        var size = SizeOfFile();
        _offset = Number(entries, "offset") ?? 0;
        Length = Number(entries, "length") ?? bytes ?? Math.Max(0, size - _offset);
        if (_offset > size || Length > size - _offset)
        {
            throw new OnnxModelException(
                $"'{_network}' looks for the weights '{_tensor}' at bytes {_offset:N0} to {(decimal)_offset + Length:N0} of '{_location}', "
                + $"which has {size:N0} bytes: it is cut off, or belongs to another version of the network. "
                + "Copy or download both files again.");
        }
    }

    /// <summary>Bytes of the part.</summary>
    public long Length { get; }

    /// <summary>Reads the part.</summary>
    /// <exception cref="OnnxModelException">The file cannot be read.</exception>
    public void Read(Span<byte> destination)
    {
        try
        {
            using var file = File.OpenHandle(_path);
            for (var done = 0; done < destination.Length;)
            {
                var read = RandomAccess.Read(file, destination[done..], _offset + done);
                if (read == 0)
                {
                    throw new OnnxModelException(
                        $"'{_location}', which holds weights of '{_network}', became shorter while it was read. "
                        + "Copy or download it again.");
                }
                done += read;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CannotBeRead(e.Message.TrimEnd('.'), e);
        }
    }

    private string Resolve(string folder)
    {
        // Written on Windows, a path has backslashes.
        var parts = _location.Split('/', '\\');
        var isOutside = parts[0].Length == 0 || parts.Contains("..") || parts[0].Contains(':', StringComparison.Ordinal)
            || _location.Contains('\0', StringComparison.Ordinal);
        return isOutside
            ? throw new OnnxModelException(
                $"'{_network}' keeps the weights '{_tensor}' in '{Excerpt.Of(_location)}'; "
                + "only files in the network's own folder are read. "
                + $"Put the file beside the network and save it anew, or save it as one file: {ExternalWeights.AsOneFile}.")
            : Path.Combine([folder, .. parts]);
    }

    private long SizeOfFile()
    {
        try
        {
            var file = new FileInfo(_path);
            if (file.Exists)
                return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw CannotBeRead(e.Message.TrimEnd('.'), e);
        }
        throw CannotBeRead(Directory.Exists(_path) ? "that is a folder" : $"there is no such file (looked for {_path})", null);
    }

    private long? Number(IReadOnlyDictionary<string, string> entries, string key)
    {
        if (!entries.TryGetValue(key, out var text))
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new OnnxModelException(
                $"'{_network}' is damaged: the {key} of the weights '{_tensor}' in '{_location}' is '{Excerpt.Of(text)}', not a number. "
                + "Copy or download it again.");
    }

    private OnnxModelException CannotBeRead(string reason, Exception? inner) => new(
        $"'{_network}' keeps the weights '{_tensor}' in '{Excerpt.Of(_location)}', which cannot be read: {reason}. "
        + $"Put that file beside the network, or save the network as one file: {ExternalWeights.AsOneFile}.", inner!);
}
