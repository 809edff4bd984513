using System.Globalization;
using ImageRec.Sharing.Stores;

namespace ImageRec.Redis.Store;

/// <summary>Writes an image's hash and an item's id as one entry of a sorted set, so that those of one image stand together.</summary>
internal static class PictureEntry
{
    private const int HashLength = 32;

    public static string Of(SharedRecord record) => $"{Hash(record.Picture)}|{record.Id}";

    public static string IdOf(string entry) => entry[(HashLength + 1)..];

    /// <summary>Returns where the entries of an image begin, and what comes right after them: '}' follows '|'.</summary>
    public static (string First, string After) RangeOf(UInt128 picture) => ($"{Hash(picture)}|", $"{Hash(picture)}}}");

    private static string Hash(UInt128 picture) => picture.ToString("x32", CultureInfo.InvariantCulture);
}
