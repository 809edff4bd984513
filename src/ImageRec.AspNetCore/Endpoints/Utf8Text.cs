using System.Buffers;
using System.Text;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Checks that the bytes of a client are text.</summary>
internal static class Utf8Text
{
    /// <returns>The 0-based index of the first byte that is not UTF-8; -1 when all are.</returns>
    public static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != OperationStatus.Done)
                return at;
            at += length;
        }
        return -1;
    }
}
