using System.Buffers.Binary;

namespace ImageRec.Torture.Fuzz;

/// <summary>Changes bytes as damage and malice do: bits, telling values, blocks left out, doubled, moved, and two inputs spliced.</summary>
internal static class Mutator
{
    private static readonly int[] s_telling =
        [0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 64, 127, 128, 255, 256, 1023, 1024, 4096, 32767, 32768, 65535, 65536, 0x7FFFFFFF, int.MinValue,
            -1, -2, -128, 0x01000000, 0x00FFFFFF];

    /// <summary>A changed input.</summary>
    /// <param name="random">The random numbers.</param>
    /// <param name="seeds">Inputs to begin with.</param>
    public static byte[] Mutate(Random random, IReadOnlyList<byte[]> seeds)
    {
        var bytes = (byte[])seeds[random.Next(seeds.Count)].Clone();
        return Mutate(random, bytes, seeds);
    }

    /// <summary>The same from given bytes, which are overwritten.</summary>
    public static byte[] Mutate(Random random, byte[] bytes, IReadOnlyList<byte[]> seeds)
    {
        // Mostly one or two changes: many at once fail at the first check.
        var changes = 1;
        while (changes < 12 && random.Next(2) == 0)
            changes++;
        for (var i = 0; i < changes && bytes.Length > 0; i++)
            bytes = Change(random, bytes, seeds);
        return bytes;
    }

    private static byte[] Change(Random random, byte[] bytes, IReadOnlyList<byte[]> seeds)
    {
        // Half of the places lie near the start, where headers are.
        var at = random.Next(2) == 0 ? random.Next(bytes.Length) : random.Next(Math.Min(bytes.Length, 128));
        var length = random.Next(4) == 0 ? random.Next(1, Math.Max(2, bytes.Length / 2)) : random.Next(1, 17);
        length = Math.Min(length, bytes.Length - at);
        switch (random.Next(11))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 3 or 4:
                Number(random, bytes.AsSpan(at));
                return bytes;
            case 5:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + length)];
            case 6:
                return [.. bytes.AsSpan(0, at + length), .. bytes.AsSpan(at, length), .. bytes.AsSpan(at + length)];
            case 7:
                var other = random.Next(bytes.Length - length + 1);
                var block = bytes.AsSpan(other, length).ToArray();
                bytes.AsSpan(at, length).CopyTo(bytes.AsSpan(other));
                block.CopyTo(bytes.AsSpan(at));
                return bytes;
            case 8:
                var inserted = new byte[length];
                if (random.Next(2) == 0)
                    random.NextBytes(inserted);
                return [.. bytes.AsSpan(0, at), .. inserted, .. bytes.AsSpan(at)];
            case 9:
                return bytes[..at];
            default:
                var second = seeds[random.Next(seeds.Count)];
                return [.. bytes.AsSpan(0, at), .. second.AsSpan(random.Next(second.Length))];
        }
    }

    private static void Number(Random random, Span<byte> place)
    {
        var value = s_telling[random.Next(s_telling.Length)];
        var (width, big) = (random.Next(3), random.Next(2) == 0);
        if (width == 0 || place.Length < 2)
            place[0] = (byte)value;
        else if (width == 1 || place.Length < 4)
            BinaryPrimitives.WriteInt16LittleEndian(place, big ? BinaryPrimitives.ReverseEndianness((short)value) : (short)value);
        else
            BinaryPrimitives.WriteInt32LittleEndian(place, big ? BinaryPrimitives.ReverseEndianness(value) : value);
    }
}
