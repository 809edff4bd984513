using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>NumPy's array file, version 1.0: little-endian float32, two dimensions, C order.</summary>
internal static partial class NpyFile
{
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    public static FeatureMatrix Read(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[10];
        file.ReadExactly(start);
        var header = new byte[BitConverter.ToUInt16(start, 8)];
        file.ReadExactly(header);
        var text = Encoding.ASCII.GetString(header);
        var shape = Shape().Match(text);
        if (!start.AsSpan(0, 8).SequenceEqual(Magic) || !shape.Success || !text.Contains("<f4", StringComparison.Ordinal))
            throw new InvalidDataException($"{path} is not a version 1.0 array of float32 with two dimensions: {text}");
        var (rows, columns) = (int.Parse(shape.Groups[1].Value, CultureInfo.InvariantCulture),
            int.Parse(shape.Groups[2].Value, CultureInfo.InvariantCulture));
        var matrix = new FeatureMatrix(rows, columns);
        for (var row = 0; row < rows; row++)
            file.ReadExactly(MemoryMarshal.AsBytes(matrix[row]));
        return matrix;
    }

    public static void Write(string path, FeatureMatrix matrix)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({matrix.Rows}, {matrix.Columns}), }}";
        header = header.PadRight((10 + header.Length + 64) / 64 * 64 - 11) + "\n";
        using var file = File.Create(path);
        file.Write(Magic);
        file.Write(BitConverter.GetBytes((ushort)header.Length));
        file.Write(Encoding.ASCII.GetBytes(header));
        for (var row = 0; row < matrix.Rows; row++)
            file.Write(MemoryMarshal.AsBytes(matrix[row]));
    }

    [GeneratedRegex(@"\((\d+), (\d+)\)")]
    private static partial Regex Shape();
}
