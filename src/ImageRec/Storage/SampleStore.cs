using System.Globalization;
using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Storage;

/// <summary>
/// Stores the embeddings of the fitting sample, only while a build is on its way, so that an interrupted one need not compute them again.
/// </summary>
internal sealed class SampleStore(CatalogFile file)
{
    /// <summary>Returns the content hashes of the images whose embeddings are stored, by key.</summary>
    public Dictionary<int, UInt128> Hashes() => file.Guard(() =>
    {
        using var command = file.Command("SELECT key, hash FROM sample");
        using var reader = command.ExecuteReader();
        var hashes = new Dictionary<int, UInt128>();
        while (reader.Read())
            if (!hashes.TryAdd(reader.GetInt32(0), reader.GetValue(1) is byte[] hash ? ContentHash.FromBytes(hash) : default))
                throw file.Damaged(
                    $"the sampled features of key {reader.GetInt32(0).ToString(CultureInfo.InvariantCulture)} are there twice");
        return hashes;
    });

    public void Write(int key, UInt128 hash, ReadOnlySpan<float> features)
    {
        var data = MemoryMarshal.AsBytes(features).ToArray();
        file.Execute("INSERT OR REPLACE INTO sample(key, hash, features, seal) VALUES($key, $hash, $features, $seal)",
            ("$key", key), ("$hash", ContentHash.ToBytes(hash)), ("$features", data), ("$seal", ContentHash.Checksum(data)));
    }

    public void Remove(int key) => file.Execute("DELETE FROM sample WHERE key = $key", ("$key", key));

    /// <summary>
    /// Returns the embeddings of some keys, in the order of the keys: n hashes, n x <paramref name="dimensions"/> embeddings.
    /// </summary>
    /// <param name="keys">n keys that are held.</param>
    /// <param name="dimensions">Dimensions per row.</param>
    public (UInt128[] Hashes, FeatureMatrix Features) Read(ReadOnlyMemory<int> keys, int dimensions) => file.Guard(() =>
    {
        var (hashes, features) = (new UInt128[keys.Length], new FeatureMatrix(keys.Length, dimensions));
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys.Span[i];
            using var reader = file.Prepared("SELECT hash, features, seal FROM sample WHERE key = $key", ("$key", key)).ExecuteReader();
            if (!reader.Read())
                throw file.Damaged($"the sampled features of key {key} are missing");
            if (reader.GetValue(0) is not byte[] hash || reader.GetValue(1) is not byte[] data
                || data.Length != dimensions * sizeof(float) || ContentHash.Checksum(data) != reader.GetInt64(2))
                throw file.Damaged($"the sampled features of key {key} fail their checksum");
            hashes[i] = ContentHash.FromBytes(hash);
            MemoryMarshal.Cast<byte, float>(data).CopyTo(features[i]);
        }
        return (hashes, features);
    });

    public void Clear() => file.Execute("DELETE FROM sample");
}
