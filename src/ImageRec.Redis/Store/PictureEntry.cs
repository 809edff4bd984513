using System.Globalization;
using ImageRec.Sharing.Stores;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Writes an image's hash and an item's id as one entry of a sorted set, so that those of one image stand together.</summary>
internal static class PictureEntry
{
    private const int HashLength = 32;

    public static RedisValue Of(SharedRecord record) => $"{Hash(record.Picture)}|{record.Id}";

    public static string IdOf(RedisValue entry) => ((string)entry!)[(HashLength + 1)..];

    /// <summary>Returns where the entries of an image begin, and what comes right after them: '}' follows '|'.</summary>
    public static (RedisValue First, RedisValue After) RangeOf(UInt128 picture) => ($"{Hash(picture)}|", $"{Hash(picture)}}}");

    private static string Hash(UInt128 picture) => picture.ToString("x32", CultureInfo.InvariantCulture);
}
