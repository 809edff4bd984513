using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageRec.Vectors;

/// <summary>Computes with pixels of four values; lengths already checked.</summary>
internal static class PixelKernel
{
    /// <summary>Adds up pixels, each times its weight.</summary>
    /// <param name="pixels">At least 4 x weights.Length values.</param>
    /// <param name="weights">One value per pixel.</param>
    /// <param name="sum">4 values, overwritten.</param>
    public static void WeightedSum(ReadOnlySpan<float> pixels, ReadOnlySpan<float> weights, Span<float> sum)
    {
        Debug.Assert(pixels.Length >= 4 * weights.Length && sum.Length == 4);
        ref var source = ref MemoryMarshal.GetReference(pixels);
        var total = Vector128<float>.Zero;
        nuint at = 0;
        foreach (var weight in weights)
        {
            total += Vector128.LoadUnsafe(ref source, at) * weight;
            at += 4;
        }
        total.StoreUnsafe(ref MemoryMarshal.GetReference(sum));
    }

    /// <summary>Converts bytes to floats.</summary>
    /// <param name="bytes">n values.</param>
    /// <param name="wide">At least n values, the first n overwritten.</param>
    public static void Widen(ReadOnlySpan<byte> bytes, Span<float> wide)
    {
        ref var source = ref MemoryMarshal.GetReference(bytes);
        ref var target = ref MemoryMarshal.GetReference(wide);
        nuint at = 0;
        for (; at + 16 <= (nuint)bytes.Length; at += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, at));
            var (a, b) = Vector128.Widen(low);
            var (c, d) = Vector128.Widen(high);
            Vector128.ConvertToSingle(a.AsInt32()).StoreUnsafe(ref target, at);
            Vector128.ConvertToSingle(b.AsInt32()).StoreUnsafe(ref target, at + 4);
            Vector128.ConvertToSingle(c.AsInt32()).StoreUnsafe(ref target, at + 8);
            Vector128.ConvertToSingle(d.AsInt32()).StoreUnsafe(ref target, at + 12);
        }
        for (; at < (nuint)bytes.Length; at++)
            wide[(int)at] = bytes[(int)at];
    }
}
