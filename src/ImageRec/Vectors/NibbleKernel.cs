using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageRec.Vectors;

/// <summary>Bounds the scores of 32 rows from their four-bit codes.</summary>
/// <remarks>
/// A block is groups x 64 bytes of codes, then 32 scales, then 32 errors (floats). In group g, byte 2r holds dimension 4g of row r in its
/// low half and 4g + 2 in its high half, byte 2r + 1 dimensions 4g + 1 and 4g + 3. So one multiply-add of bytes gives two dimensions of
/// every row, and no sum crosses lanes: the layout of FastScan (Andre, Kermarrec and Le Scouarnec, VLDB 2015), with products in place of
/// table look-ups.
/// </remarks>
internal static unsafe class NibbleKernel
{
    /// <summary>Rows in a block.</summary>
    public const int BlockRows = 32;

    /// <summary>Groups added in 16 bits before widening to 32.</summary>
    public const int GroupsPerSum = 16;

    /// <summary>
    /// The sum of |query byte| over the low (or high) halves of <see cref="GroupsPerSum"/> groups may not exceed this: times 15 it fits 16
    /// bits.
    /// </summary>
    public const int LargestSum = short.MaxValue / 15;

    /// <summary>Returns the bytes of a block.</summary>
    public static int BlockBytes(int groups) => groups * 64 + BlockRows * 2 * sizeof(float);

    /// <summary>Computes bounds[r] = start + scale[r] * (slope * sum[r] + intercept) + errorFactor * error[r].</summary>
    /// <param name="block">Codes, scales and errors of 32 rows.</param>
    /// <param name="query">The query in bytes.</param>
    /// <param name="start">What every row of the block begins with.</param>
    /// <param name="threshold">Bounds below it are of no interest.</param>
    /// <param name="bounds">32 values, written.</param>
    /// <returns>One bit per row, set where the bound is at least <paramref name="threshold"/>.</returns>
    public static uint Bound(byte* block, in NibbleQuery query, float start, float threshold, float* bounds)
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported)
        {
            return Bound<Nibble512, Vector512<byte>, Vector512<short>, Vector512<int>, Vector512<float>>(
                block, query, start, threshold, bounds);
        }
        if (Avx2.IsSupported)
        {
            return Bound<Nibble256, Vector256<byte>, Vector256<short>, Vector256<int>, Vector256<float>>(
                block, query, start, threshold, bounds);
        }
        if (Ssse3.IsSupported)
        {
            return Bound<Nibble128, Vector128<byte>, Vector128<short>, Vector128<int>, Vector128<float>>(
                block, query, start, threshold, bounds);
        }
        return BoundScalar(block, query, start, threshold, bounds);
    }

    internal static uint Bound<TLanes, TBytes, TShorts, TInts, TFloats>(
        byte* block, in NibbleQuery query, float start, float threshold, float* bounds)
        where TLanes : struct, INibbleLanes<TBytes, TShorts, TInts, TFloats>
        where TBytes : unmanaged where TShorts : unmanaged where TInts : unmanaged where TFloats : unmanaged
    {
        var groups = query.Groups;
        var factors = (float*)(block + groups * 64);
        var slope = TLanes.Broadcast(query.Slope);
        var intercept = TLanes.Broadcast(query.Intercept);
        var errorFactor = TLanes.Broadcast(query.ErrorFactor);
        var first = TLanes.Broadcast(start);
        var least = TLanes.Broadcast(threshold);
        uint mask = 0;
        for (var part = 0; part < 64; part += TLanes.Bytes)
        {
            TInts lower = TLanes.ZeroInts, upper = TLanes.ZeroInts;
            var code = block + part;
            var pair = query.Pairs;
            for (var left = groups; left > 0; left -= GroupsPerSum)
            {
                TShorts even = TLanes.Zero, odd = TLanes.Zero;
                var end = pair + 2 * Math.Min(left, GroupsPerSum);
                for (; pair < end; pair += 2, code += 64)
                {
                    var both = TLanes.Load(code);
                    even = TLanes.Add(even, TLanes.MultiplyAddAdjacent(TLanes.LowNibbles(both), TLanes.Broadcast(pair[0])));
                    odd = TLanes.Add(odd, TLanes.MultiplyAddAdjacent(TLanes.HighNibbles(both), TLanes.Broadcast(pair[1])));
                }
                lower = TLanes.Add(lower, TLanes.Add(TLanes.WidenLower(even), TLanes.WidenLower(odd)));
                upper = TLanes.Add(upper, TLanes.Add(TLanes.WidenUpper(even), TLanes.WidenUpper(odd)));
            }
            var row = part / 2;
            var bound = TLanes.MultiplyAdd(
                TLanes.Load(factors + row),
                TLanes.MultiplyAdd(TLanes.ToFloats(lower), slope, intercept),
                TLanes.MultiplyAdd(TLanes.Load(factors + BlockRows + row), errorFactor, first));
            TLanes.Store(bound, bounds + row);
            mask |= TLanes.AtLeast(bound, least) << row;
            row += TLanes.Bytes / 4;
            bound = TLanes.MultiplyAdd(
                TLanes.Load(factors + row),
                TLanes.MultiplyAdd(TLanes.ToFloats(upper), slope, intercept),
                TLanes.MultiplyAdd(TLanes.Load(factors + BlockRows + row), errorFactor, first));
            TLanes.Store(bound, bounds + row);
            mask |= TLanes.AtLeast(bound, least) << row;
        }
        return mask;
    }

    internal static uint BoundScalar(byte* block, in NibbleQuery query, float start, float threshold, float* bounds)
    {
        var factors = (float*)(block + query.Groups * 64);
        uint mask = 0;
        for (var row = 0; row < BlockRows; row++)
        {
            var sum = 0;
            for (var g = 0; g < query.Groups; g++)
            {
                var q = (sbyte*)(query.Pairs + 2 * g);
                byte a = block[g * 64 + 2 * row], b = block[g * 64 + 2 * row + 1];
                sum += (a & 15) * q[0] + (b & 15) * q[1] + (a >> 4) * q[4] + (b >> 4) * q[5];
            }
            bounds[row] = start + factors[BlockRows + row] * query.ErrorFactor + factors[row] * (sum * query.Slope + query.Intercept);
            if (bounds[row] >= threshold)
                mask |= 1u << row;
        }
        return mask;
    }
}
