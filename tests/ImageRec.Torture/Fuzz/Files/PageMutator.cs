using System.Buffers.Binary;

namespace ImageRec.Torture.Fuzz.Files;

/// <summary>Damages an SQLite file as disks, copies and hands do: within pages, and whole pages at a time.</summary>
internal static class PageMutator
{
    private const int HeaderLength = 100;

    public static byte[] Mutate(Random random, byte[] file, IReadOnlyList<byte[]> all)
    {
        if (random.Next(4) == 0)
            return Mutator.Mutate(random, file, all);
        var size = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(16));
        var pages = file.Length / size;
        for (var again = true; again; again = random.Next(3) == 0)
            file = Change(random, file, size, pages, all);
        return file;
    }

    private static byte[] Change(Random random, byte[] file, int size, int pages, IReadOnlyList<byte[]> all)
    {
        // Truncation may have left fewer.
        pages = Math.Min(pages, file.Length / size);
        if (pages == 0)
            return file;
        var page = file.AsSpan(random.Next(pages) * size, size);
        var other = file.AsSpan(random.Next(pages) * size, size);
        switch (random.Next(10))
        {
            case 0:
                var held = page.ToArray();
                other.CopyTo(page);
                held.CopyTo(other);
                return file;
            case 1:
                other.CopyTo(page);
                return file;
            case 2:
                page.Clear();
                return file;
            case 3:
                return file[..(random.Next(2) == 0 ? random.Next(pages) * size : random.Next(file.Length))];
            case 4:
                Spot(random, file.AsSpan(0, Math.Min(HeaderLength, file.Length)));
                return file;
            case 5:
                // The page's own header and the places of its cells.
                Spot(random, page[..48]);
                return file;
            case 6:
                var foreign = all[random.Next(all.Count)];
                foreign.AsSpan(random.Next(foreign.Length / size) * size, size).CopyTo(page);
                return file;
            case 7:
                var from = random.Next(size);
                random.NextBytes(page.Slice(from, random.Next(1, size - from + 1)));
                return file;
            default:
                Spot(random, page);
                return file;
        }
    }

    private static void Spot(Random random, Span<byte> place)
    {
        var at = random.Next(place.Length);
        if (random.Next(2) == 0)
            place[at] ^= (byte)(1 << random.Next(8));
        else
            place[at] = (byte)random.Next(256);
    }
}
