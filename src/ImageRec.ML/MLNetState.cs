using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.ML;

namespace ImageRec.ML;

/// <summary>A fitted ML.NET transformer as bytes: "IRMN", length, XxHash64, then the zip file that ML.NET writes, without its dates.</summary>
internal static class MLNetState
{
    private const int HeaderLength = 20;
    private static readonly DateTimeOffset s_noDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static ReadOnlySpan<byte> Kind => "IRMN"u8;

    /// <param name="destination">Left open.</param>
    /// <param name="model">Fitted.</param>
    /// <param name="input">The schema it was fitted on.</param>
    public static void Save(Stream destination, ITransformer model, DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var zip = ToZip(model, input);
        Span<byte> header = stackalloc byte[HeaderLength];
        Kind.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header[4..], zip.Length);
        XxHash64.Hash(zip, header[12..]);
        destination.Write(header);
        destination.Write(zip);
    }

    /// <param name="source">Read to the end of the state.</param>
    /// <exception cref="InvalidDataException">The state is damaged or of another kind.</exception>
    public static (ITransformer Model, DataViewSchema Input) Load(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var header = new byte[HeaderLength];
        if (source.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            throw new InvalidDataException("The saved ML.NET model ends too early. Build the catalogue file again.");
        if (!header.AsSpan().StartsWith(Kind))
            throw new InvalidDataException("Expected a saved ML.NET model, found other data. Load it with the component that saved it.");
        var length = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(4));
        var zip = ReadExactly(source, length);
        if (!header.AsSpan(12).SequenceEqual(XxHash64.Hash(zip)))
            throw new InvalidDataException("The saved ML.NET model is damaged: its checksum does not match. Build the catalogue file again.");
        try
        {
            var model = new MLContext().Model.Load(new MemoryStream(zip), out var input);
            return (model, input);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException or IOException)
        {
            throw new InvalidDataException($"The saved ML.NET model cannot be loaded by this version of ML.NET: {e.Message}", e);
        }
    }

    /// <summary>Tells models with other contents apart.</summary>
    /// <exception cref="ArgumentException">ML.NET cannot save the model.</exception>
    public static string Fingerprint(ITransformer model)
    {
        try
        {
            return Convert.ToHexStringLower(XxHash128.Hash(ToZip(model, input: null)));
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            throw new ArgumentException($"ML.NET cannot save this pipeline, so a fingerprint of your own must tell it from others: {e.Message}", nameof(model), e);
        }
    }

    private static byte[] ToZip(ITransformer model, DataViewSchema? input)
    {
        using var zip = new MemoryStream();
        new MLContext().Model.Save(model, input, zip);
        // The same model is to give the same bytes, whenever it is saved.
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var entry in archive.Entries)
                entry.LastWriteTime = s_noDate;
        }
        return zip.ToArray();
    }

    private static byte[] ReadExactly(Stream source, long length)
    {
        const int step = 1 << 20;
        if (length is < 0 or > int.MaxValue)
            throw new InvalidDataException("The saved ML.NET model is damaged: its length is not plausible. Build the catalogue file again.");
        // In steps, so that a damaged length takes no memory that the source does not fill.
        using var bytes = new MemoryStream();
        var buffer = new byte[Math.Min(length, step)];
        while (bytes.Length < length)
        {
            var read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, length - bytes.Length));
            if (read == 0)
                throw new InvalidDataException($"The saved ML.NET model ends after {bytes.Length} of {length} bytes. Build the catalogue file again.");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
