using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ImageRec;

/// <summary>
/// Says which part of a catalog a worker indexes, such as the second of eight. Which items are in it depends on their ids alone, so that
/// any number of workers that are given the same list, each with its own part, index all of it once.
/// </summary>
public sealed class CatalogPart
{
    /// <summary>Names a part.</summary>
    /// <param name="number">Which one, 1 to <paramref name="of"/>.</param>
    /// <param name="of">How many parts there are, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public CatalogPart(int number, int of)
    {
        if (of < 1 || number < 1 || number > of)
            throw new ArgumentOutOfRangeException(
                nameof(number), number, string.Create(CultureInfo.InvariantCulture, $"Part {number} of {of} is not 1 to {of}."));
        (Number, Of) = (number, of);
    }

    /// <summary>Gets which part it is, 1 or more.</summary>
    public int Number { get; }

    /// <summary>Gets how many parts there are.</summary>
    public int Of { get; }

    /// <summary>Returns whether an item is in this part.</summary>
    /// <param name="id">The item's id.</param>
    public bool Contains(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        // The lower bits choose an item's shard: each worker writes to all of them.
        return (int)((XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(id)) >> 32) % (ulong)Of) == Number - 1;
    }

    /// <summary>Returns the part as the command writes it, such as <c>2/8</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");
}
