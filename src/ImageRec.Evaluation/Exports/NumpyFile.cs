using System.Runtime.InteropServices;
using System.Text;
using static System.FormattableString;

namespace ImageRec.Evaluation.Exports;

/// <summary>Writes arrays in NumPy's format (version 1.0, NumPy Enhancement Proposal 1), which <c>numpy.load</c> reads.</summary>
internal static class NumpyFile
{
    private const int HeaderMultiple = 64;

    /// <summary>Begins an array of rows x columns single-precision values, which follow row by row.</summary>
    public static void WriteHeader(Stream destination, int rows, int columns) =>
        WriteHeader(destination, "<f4", Invariant($"({rows}, {columns})"));

    public static void WriteRow(Stream destination, ReadOnlySpan<float> row) => destination.Write(MemoryMarshal.AsBytes(row));

    /// <summary>Writes an array of n texts.</summary>
    public static void WriteTexts(Stream destination, IReadOnlyList<string> texts)
    {
        var encoded = texts.Select(Encoding.UTF32.GetBytes).ToList();
        var length = Math.Max(4, encoded.Select(e => e.Length).DefaultIfEmpty(0).Max());
        WriteHeader(destination, Invariant($"<U{length / 4}"), Invariant($"({texts.Count},)"));
        var padded = new byte[length];
        foreach (var text in encoded)
        {
            padded.AsSpan().Clear();
            text.CopyTo(padded, 0);
            destination.Write(padded);
        }
    }

    private static void WriteHeader(Stream destination, string type, string shape)
    {
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        // Magic, version and length take ten bytes, the line break one.
        var padding = HeaderMultiple - (text.Length + 11) % HeaderMultiple;
        text += new string(' ', padding % HeaderMultiple) + "\n";
        destination.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)(text.Length & 0xFF), (byte)(text.Length >> 8)]);
        destination.Write(Encoding.ASCII.GetBytes(text));
    }
}
