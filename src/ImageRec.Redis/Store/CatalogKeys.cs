using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Names the keys of a shared catalog.</summary>
/// <param name="catalog">Name of the catalog, which every key begins with.</param>
internal sealed class CatalogKeys(string catalog)
{
    // A sorted set of all images of a shard would grow too large to be handled at once.
    private const int Buckets = 256;
    private string[] _tags = [];

    /// <summary>Gets the number of shards.</summary>
    public int Shards => _tags.Length;

    public RedisKey Manifest => $"{catalog}:catalog";

    /// <summary>Gets the key of the manifest of a catalog that is being deleted.</summary>
    public RedisKey Deleting => $"{catalog}:deleting";

    public RedisKey Tuning => $"{catalog}:search";

    /// <summary>Returns the key of a right that one worker has at a time.</summary>
    public RedisKey Lease(string right) => $"{catalog}:lease:{right}";

    public void Place(int shards) => _tags = ShardTags.Choose(shards);

    /// <summary>Returns the shard that holds an item: by the hash of its id.</summary>
    public int ShardOf(string id) => (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(id)) % (ulong)_tags.Length);

    /// <summary>Returns the key of a shard's vector set.</summary>
    public RedisKey Rows(int shard) => $"{catalog}:{{{_tags[shard]}}}:rows";

    /// <summary>Returns the key of the sorted set that lists an image: its hash and the ids that show it.</summary>
    public RedisKey Pictures(UInt128 picture) => Pictures(BucketOf(picture));

    /// <summary>Returns the shard beside which an image is listed.</summary>
    public int ShardOf(UInt128 picture) => BucketOf(picture) % _tags.Length;

    /// <summary>Returns the keys of all lists of images, each with the shard that it stands beside.</summary>
    public IEnumerable<(int Shard, RedisKey Key)> AllPictures() =>
        Enumerable.Range(0, Buckets).Select(bucket => (bucket % _tags.Length, Pictures(bucket)));

    public RedisKey Blob(string fit, string name, int chunk) =>
        string.Create(CultureInfo.InvariantCulture, $"{catalog}:fit:{fit}:{name}:{chunk}");

    private static int BucketOf(UInt128 picture) => (int)(ulong)(picture >> 120);

    private RedisKey Pictures(int bucket) =>
        string.Create(CultureInfo.InvariantCulture, $"{catalog}:{{{_tags[bucket % _tags.Length]}}}:pictures:{bucket:x2}");
}
