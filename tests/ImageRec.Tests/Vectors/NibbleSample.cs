using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Tests.Vectors;

/// <summary>A random block of codes and a query, at the limit of what the kernel's sums can hold, and what they should give.</summary>
internal sealed class NibbleSample
{
    private readonly int _dimensions;
    private readonly byte[,] _codes;
    private readonly int[] _query;

    public NibbleSample(Random random, int dimensions)
    {
        _dimensions = dimensions;
        Groups = (dimensions + 3) / 4;
        _codes = new byte[NibbleKernel.BlockRows, dimensions];
        _query = new int[dimensions];
        Block = new byte[NibbleKernel.BlockBytes(Groups)];
        Pairs = new int[2 * Groups];
        WriteQuery(random);
        WriteBlock(random);
    }

    public int Groups { get; }

    public byte[] Block { get; }

    public int[] Pairs { get; }

    public float Slope { get; } = 0.001f;

    public float Intercept { get; } = -0.4f;

    public float ErrorFactor { get; } = 0.7f;

    public double Expected(int row, float start)
    {
        double sum = 0;
        for (var j = 0; j < _dimensions; j++)
            sum += _codes[row, j] * _query[j];
        var factors = MemoryMarshal.Cast<byte, float>(Block.AsSpan(Groups * 64));
        return start + factors[row] * (sum * Slope + Intercept) + ErrorFactor * factors[NibbleKernel.BlockRows + row];
    }

    private void WriteQuery(Random random)
    {
        // One sign over long stretches, so that sums come as near to overflowing as they may.
        var bytes = MemoryMarshal.AsBytes(Pairs.AsSpan());
        int low = 0, high = 0, sign = 1;
        for (var j = 0; j < _dimensions; j++)
        {
            if (j % (4 * NibbleKernel.GroupsPerSum) == 0)
                (low, high, sign) = (0, 0, random.Next(2) * 2 - 1);
            ref var sum = ref (j % 4 < 2 ? ref low : ref high);
            var size = Math.Min(random.Next(128), NibbleKernel.LargestSum - sum);
            sum += size;
            _query[j] = sign * size;
            var at = j / 4 * 8 + j % 4 / 2 * 4 + j % 2;
            bytes[at] = bytes[at + 2] = (byte)(sbyte)_query[j];
        }
    }

    private void WriteBlock(Random random)
    {
        for (var row = 0; row < NibbleKernel.BlockRows; row++)
        {
            for (var j = 0; j < _dimensions; j++)
            {
                _codes[row, j] = (byte)(row == 0 ? 15 : random.Next(16));
                Block[j / 4 * 64 + 2 * row + j % 2] |= (byte)(_codes[row, j] << (j % 4 / 2 * 4));
            }
        }
        var factors = MemoryMarshal.Cast<byte, float>(Block.AsSpan(Groups * 64));
        foreach (ref var factor in factors)
            factor = random.NextSingle();
    }
}
