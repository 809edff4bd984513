using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace ImageRec.Vectors;

/// <summary>Learned matrices as bytes: what a projection or a clustering saves.</summary>
/// <remarks>
/// Little-endian: kind (4 ASCII characters), version, number of matrices, rows and columns of each, XxHash64 of all that, the values, XxHash64 of the values.
/// Damage is found before a wrong number is used, and a damaged size before memory is taken for it.
/// </remarks>
internal static class MatrixState
{
    private const int MaxMatrices = 16;

    /// <param name="destination">Left open.</param>
    /// <param name="kind">Four ASCII characters.</param>
    /// <param name="version">Layout of the kind.</param>
    /// <param name="matrices">At most 16.</param>
    public static void Write(Stream destination, string kind, int version, params ReadOnlySpan<FeatureMatrix> matrices)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var header = new byte[12 + (8 * matrices.Length)];
        Encoding.ASCII.GetBytes(kind, header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), matrices.Length);
        var hash = new XxHash64();
        for (var i = 0; i < matrices.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12 + (8 * i)), matrices[i].Rows);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16 + (8 * i)), matrices[i].Columns);
        }
        destination.Write(header);
        destination.Write(XxHash64.Hash(header));
        foreach (var matrix in matrices)
        {
            var bytes = LittleEndian(matrix.Values.Span);
            hash.Append(bytes);
            destination.Write(bytes);
        }
        destination.Write(hash.GetCurrentHash());
    }

    /// <param name="source">Read from its position to the end of the state.</param>
    /// <param name="kind">The kind expected.</param>
    /// <param name="version">The newest version understood.</param>
    /// <param name="count">How many matrices the kind has.</param>
    /// <exception cref="InvalidDataException">The state is damaged, of another kind or of a newer version.</exception>
    public static FeatureMatrix[] Read(Stream source, string kind, int version, int count)
    {
        ArgumentNullException.ThrowIfNull(source);
        var start = new byte[12];
        Fill(source, start, kind);
        var found = Encoding.ASCII.GetString(start, 0, 4);
        if (found != kind)
            throw new InvalidDataException($"Expected the learned state {kind}, found {(found.All(char.IsAsciiLetterOrDigit) ? found : "other data")}. Load it with the component that saved it.");
        var foundVersion = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(4));
        var foundCount = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8));
        if (foundCount is < 0 or > MaxMatrices)
            throw Damaged(kind, "its header is not plausible");
        var header = new byte[start.Length + (8 * foundCount)];
        start.CopyTo(header, 0);
        Fill(source, header.AsSpan(start.Length), kind);
        Check(source, XxHash64.Hash(header), kind);
        if (foundVersion > version)
            throw new InvalidDataException($"The learned state {kind} has version {foundVersion}; this version of ImageRec reads up to {version}. Update ImageRec or build again.");
        if (foundCount != count)
            throw Damaged(kind, $"it holds {foundCount} matrices instead of {count}");

        var hash = new XxHash64();
        var matrices = new FeatureMatrix[count];
        for (var i = 0; i < count; i++)
        {
            matrices[i] = new FeatureMatrix(
                BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12 + (8 * i))), BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(16 + (8 * i))));
            var values = matrices[i].Values.Span;
            var bytes = MemoryMarshal.AsBytes(values);
            Fill(source, bytes, kind);
            hash.Append(bytes);
            if (!BitConverter.IsLittleEndian)
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), MemoryMarshal.Cast<float, int>(values));
        }
        Check(source, hash.GetCurrentHash(), kind);
        return matrices;
    }

    /// <exception cref="InvalidDataException">Always thrown by the caller: <paramref name="why"/> the state cannot be used.</exception>
    public static InvalidDataException Damaged(string kind, string why) =>
        new($"The learned state {kind} is damaged: {why}. Build the catalogue file again.");

    private static ReadOnlySpan<byte> LittleEndian(ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(values);
        var swapped = new int[values.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), swapped);
        return MemoryMarshal.AsBytes(swapped.AsSpan());
    }

    private static void Fill(Stream source, Span<byte> bytes, string kind)
    {
        if (source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Damaged(kind, "it ends too early");
    }

    private static void Check(Stream source, ReadOnlySpan<byte> expected, string kind)
    {
        Span<byte> stored = stackalloc byte[8];
        Fill(source, stored, kind);
        if (!stored.SequenceEqual(expected))
            throw Damaged(kind, "its checksum does not match");
    }
}
