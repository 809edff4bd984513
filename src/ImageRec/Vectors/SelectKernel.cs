using System.Numerics;
using System.Runtime.Intrinsics;

namespace ImageRec.Vectors;

/// <summary>Finds the few values of many that reach a threshold.</summary>
internal static unsafe class SelectKernel
{
    /// <summary>Writes the positions of the values that are at least the threshold, in order.</summary>
    /// <param name="values">count values.</param>
    /// <param name="count">0 or more.</param>
    /// <param name="threshold">The least value of interest.</param>
    /// <param name="positions">Room for count positions.</param>
    /// <returns>How many positions were written.</returns>
    public static int AtLeast(float* values, int count, float threshold, int* positions)
    {
        if (Vector512.IsHardwareAccelerated)
            return AtLeast<Float512, Vector512<float>>(values, count, threshold, positions);
        if (Vector256.IsHardwareAccelerated)
            return AtLeast<Float256, Vector256<float>>(values, count, threshold, positions);
        if (Vector128.IsHardwareAccelerated)
            return AtLeast<Float128, Vector128<float>>(values, count, threshold, positions);
        return AtLeast<FloatScalar, float>(values, count, threshold, positions);
    }

    internal static int AtLeast<TLanes, TVector>(float* values, int count, float threshold, int* positions)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var least = TLanes.Broadcast(threshold);
        int found = 0, i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            for (var mask = TLanes.AtLeast(TLanes.Load(values + i), least); mask != 0; mask &= mask - 1)
                positions[found++] = i + BitOperations.TrailingZeroCount(mask);
        }
        for (; i < count; i++)
        {
            if (values[i] >= threshold)
                positions[found++] = i;
        }
        return found;
    }
}
