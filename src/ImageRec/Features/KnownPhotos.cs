using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Features;

/// <summary>
/// Recognizes photos that a network has learned from, or nearly equal ones, by 256 bits of each of their embeddings. The photos themselves
/// cannot be restored from these.
/// </summary>
/// <remarks>
/// Bits are signs of projections on fixed directions, less the middle of the photos' own: the share in which two embeddings differ is the
/// angle between them over pi (Charikar, "Similarity estimation techniques from rounding algorithms", STOC 2002). Cropped by up to 5 % per
/// side, lit otherwise and compressed anew, 97 in 100 photos differ in no more bits than are allowed here; of photos of the same kinds of
/// things that a network never saw, 4 in 100 differ in so few.
/// </remarks>
internal sealed class KnownPhotos
{
    private const int Bits = 256;
    private const int MostDifferent = 30;
    private const int Words = Bits / 64;
    private const string Resource = "compact-net.photos";
    private static readonly Lazy<KnownPhotos?> s_ofCompact = new(() => LoadOfCompact());

    private readonly float[] _middles;
    private readonly ulong[] _codes;

    private KnownPhotos(UInt128 network, float[] middles, ulong[] codes) => (Network, _middles, _codes) = (network, middles, codes);

    /// <summary>The hash of the network's file.</summary>
    public UInt128 Network { get; }

    /// <summary>The number of photos.</summary>
    public int Count => _codes.Length / Words;

    /// <summary>Finds which photos the extractor's network has learned from, as far as is known.</summary>
    /// <param name="extractor">The extractor that computed the embeddings.</param>
    /// <param name="features">n x d embeddings of photos, L2-normalized or not.</param>
    /// <returns>n answers; null when nothing is known of what the network has learned from.</returns>
    public static bool[]? Of(IFeatureExtractor extractor, FeatureMatrix features) =>
        extractor is OnnxFeatureExtractor && extractor.Name.Split('/')[0] == "compact" && features.Rows > 0
            ? s_ofCompact.Value?.AreKnown(features)
            : null;

    /// <summary>Finds which photos are among these, or nearly equal to one.</summary>
    /// <param name="rows">n x d.</param>
    public bool[] AreKnown(FeatureMatrix rows)
    {
        var codes = CodesOf(rows, _middles);
        var known = new bool[rows.Rows];
        Parallel.For(0, rows.Rows, i =>
        {
            var own = codes.AsSpan(i * Words, Words);
            for (var other = 0; other < _codes.Length && !known[i]; other += Words)
            {
                var different = 0;
                for (var w = 0; w < Words; w++)
                    different += BitOperations.PopCount(own[w] ^ _codes[other + w]);
                known[i] = different <= MostDifferent;
            }
        });
        return known;
    }

    /// <summary>Takes the bits of photos.</summary>
    /// <param name="network">The hash of the network's file.</param>
    /// <param name="rows">n x d embeddings of the photos that it has learned from, one or more.</param>
    public static KnownPhotos From(UInt128 network, FeatureMatrix rows)
    {
        var middles = new float[Bits];
        var mean = new float[rows.Columns];
        for (var i = 0; i < rows.Rows; i++)
            TensorPrimitives.MultiplyAdd(Unit(rows[i]), 1f / rows.Rows, mean, mean);
        for (var bit = 0; bit < Bits; bit++)
            middles[bit] = TensorPrimitives.Dot<float>(Direction(bit, rows.Columns), mean);
        var codes = CodesOf(rows, middles);
        // In an order of their own, which says nothing of the photos.
        var sorted = codes.Chunk(Words).OrderBy(code => code[0]).ThenBy(code => code[1]).SelectMany(code => code);
        return new KnownPhotos(network, middles, [.. sorted]);
    }

    /// <summary>Writes the hash of the network, little-endian; 256 middles; the codes.</summary>
    public void Save(Stream destination)
    {
        var hash = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(hash, Network);
        destination.Write(hash);
        destination.Write(MemoryMarshal.AsBytes<float>(_middles));
        destination.Write(MemoryMarshal.AsBytes<ulong>(_codes));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static KnownPhotos Load(ReadOnlySpan<byte> state)
    {
        const int middles = 16 + (Bits * sizeof(float));
        return new KnownPhotos(
            BinaryPrimitives.ReadUInt128LittleEndian(state),
            MemoryMarshal.Cast<byte, float>(state[16..middles]).ToArray(),
            MemoryMarshal.Cast<byte, ulong>(state[middles..]).ToArray());
    }

    /// <summary>
    /// Reads those of the network inside the package; null when the package was built without them, or with those of another network.
    /// </summary>
    public static KnownPhotos? LoadOfCompact()
    {
        using var resource = typeof(KnownPhotos).Assembly.GetManifestResourceStream(Resource);
        if (resource is null || !CompactNetwork.IsPresent)
            return null;
        var state = new byte[resource.Length];
        resource.ReadExactly(state);
        var known = Load(state);
        return known.Network == HashOfCompact() ? known : null;
    }

    /// <summary>Computes the hash of the network inside the package.</summary>
    public static UInt128 HashOfCompact() => XxHash128.HashToUInt128(CompactNetwork.Weights.Bytes.Span);

    private static ulong[] CodesOf(FeatureMatrix rows, float[] middles)
    {
        var directions = Enumerable.Range(0, Bits).Select(bit => Direction(bit, rows.Columns)).ToArray();
        var codes = new ulong[rows.Rows * Words];
        Parallel.For(0, rows.Rows, i =>
        {
            var row = Unit(rows[i]);
            for (var bit = 0; bit < Bits; bit++)
                if (TensorPrimitives.Dot<float>(row, directions[bit]) > middles[bit])
                    codes[(i * Words) + (bit / 64)] |= 1UL << (bit % 64);
        });
        return codes;
    }

    private static float[] Unit(ReadOnlySpan<float> row)
    {
        var unit = row.ToArray();
        UnitRows.Normalize(unit);
        return unit;
    }

    /// <summary>Draws plus and minus ones by a hash, the same on every machine and version.</summary>
    private static float[] Direction(int bit, int dimensions)
    {
        var direction = new float[dimensions];
        Span<byte> position = stackalloc byte[8];
        for (var j = 0; j < dimensions; j++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(position, bit);
            BinaryPrimitives.WriteInt32LittleEndian(position[4..], j);
            direction[j] = (XxHash64.HashToUInt64(position) & 1) == 0 ? 1 : -1;
        }
        return direction;
    }
}
