using System.Runtime.InteropServices;
using ImageRec.Sharing.Stores;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Writes the commands of vector sets, and reads their scores, as one of the stores that have them wants it.</summary>
internal abstract class VectorSetDialect
{
    // Links per row and effort of building: what the search's recall was tried with.
    private protected const int Links = 32;
    private protected const int BuildEffort = 400;

    /// <summary>Gets what the store is called.</summary>
    public abstract string Store { get; }

    /// <summary>Gets whether the store gives rows back bit for bit; one that normalizes them itself may not.</summary>
    public virtual bool KeepsRows => false;

    /// <summary>Returns the dialect of a server by what INFO says of it; null for a server without vector sets.</summary>
    /// <param name="info">What <c>INFO server</c> returns.</param>
    public static VectorSetDialect? Of(string info)
    {
        if (ValueOf(info, "garnet_version") is { } garnet)
            return new GarnetDialect(garnet);
        return ValueOf(info, "redis_version") is { } redis && Version.TryParse(redis, out var version) && version.Major >= 8
            ? new RedisDialect(redis)
            : null;
    }

    /// <summary>Returns what INFO says a server is, such as <c>Redis 7.2.4</c>.</summary>
    public static string Describe(string info) => ValueOf(info, "redis_version") is { } version ? $"Redis {version}" : "an unknown server";

    /// <summary>Writes a row with its attributes: new, or replacing both of an element that is there.</summary>
    /// <param name="key">The vector set.</param>
    /// <param name="id">The element.</param>
    /// <param name="unitRow">d values of length 1.</param>
    /// <param name="attributes">A JSON object.</param>
    public abstract StoreCommand Add(RedisKey key, string id, ReadOnlyMemory<float> unitRow, string attributes);

    /// <summary>Finds the most similar elements, with scores and attributes.</summary>
    /// <param name="key">The vector set.</param>
    /// <param name="unitQuery">d values of length 1.</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="effort">How many candidates to look at, at least.</param>
    /// <param name="filter">Null for none.</param>
    public abstract StoreCommand Search(RedisKey key, byte[] unitQuery, int count, int effort, AttributeFilter? filter);

    /// <summary>Turns a score of the store's into a cosine similarity, -1 to 1.</summary>
    public abstract float ToCosine(float score);

    public static StoreCommand Remove(RedisKey key, string id) => new("VREM", key, id);

    public static StoreCommand Attributes(RedisKey key, string id) => new("VGETATTR", key, id);

    public static StoreCommand Row(RedisKey key, string id) => new("VEMB", key, id, "RAW");

    public static StoreCommand Count(RedisKey key) => new("VCARD", key);

    public static byte[] Bytes(ReadOnlySpan<float> row) => MemoryMarshal.AsBytes(row).ToArray();

    private static string? ValueOf(string info, string name)
    {
        foreach (var line in info.Split('\n'))
            if (line.StartsWith($"{name}:", StringComparison.Ordinal))
                return line[(name.Length + 1)..].Trim();
        return null;
    }
}
