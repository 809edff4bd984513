using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Storage;

/// <summary>The raw features of the fitting sample, kept only while a build is on its way, so that an interrupted one need not compute them again.</summary>
internal sealed class SampleStore(CatalogFile file)
{
    /// <summary>Content hashes of the pictures whose features are held, by key.</summary>
    public Dictionary<int, UInt128> Hashes() => file.Guard(() =>
    {
        using var command = file.Command("SELECT key, hash FROM sample");
        using var reader = command.ExecuteReader();
        var hashes = new Dictionary<int, UInt128>();
        while (reader.Read())
            hashes.Add(reader.GetInt32(0), ContentHash.FromBytes((byte[])reader[1]));
        return hashes;
    });

    public void Write(int key, UInt128 hash, ReadOnlySpan<float> features)
    {
        var data = MemoryMarshal.AsBytes(features).ToArray();
        file.Execute("INSERT OR REPLACE INTO sample(key, hash, features, seal) VALUES($key, $hash, $features, $seal)",
            ("$key", key), ("$hash", ContentHash.ToBytes(hash)), ("$features", data), ("$seal", ContentHash.Seal(data)));
    }

    public void Remove(int key) => file.Execute("DELETE FROM sample WHERE key = $key", ("$key", key));

    /// <summary>All that is held, in key order: n keys, n hashes, n x <paramref name="dimensions"/> features.</summary>
    public (int[] Keys, UInt128[] Hashes, FeatureMatrix Features) Read(int dimensions) => file.Guard(() =>
    {
        var count = (int)file.Scalar("SELECT count(*) FROM sample");
        var (keys, hashes, features) = (new int[count], new UInt128[count], new FeatureMatrix(count, dimensions));
        using var command = file.Command("SELECT key, hash, features, seal FROM sample ORDER BY key");
        using var reader = command.ExecuteReader();
        for (var i = 0; reader.Read(); i++)
        {
            keys[i] = reader.GetInt32(0);
            hashes[i] = ContentHash.FromBytes((byte[])reader[1]);
            var data = (byte[])reader[2];
            if (data.Length != dimensions * sizeof(float) || ContentHash.Seal(data) != reader.GetInt64(3))
                throw file.Damaged($"the sampled features of key {keys[i]} fail their checksum");
            MemoryMarshal.Cast<byte, float>(data).CopyTo(features[i]);
        }
        return (keys, hashes, features);
    });

    public void Clear() => file.Execute("DELETE FROM sample");
}
