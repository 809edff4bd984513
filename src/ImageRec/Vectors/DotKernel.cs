using System.Runtime.Intrinsics;

namespace ImageRec.Vectors;

/// <summary>Computes the dot product of two float rows: the one definition of a score.</summary>
internal static unsafe class DotKernel
{
    /// <summary>Sums a[i] * b[i] of two rows of one length.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        fixed (float* first = a, second = b)
            return Dot(first, second, a.Length);
    }

    /// <summary>Sums a[i] * b[i], in the widest vectors that the processor has.</summary>
    /// <param name="a">length values.</param>
    /// <param name="b">length values.</param>
    /// <param name="length">0 or more.</param>
    public static float Dot(float* a, float* b, int length)
    {
        if (Vector512.IsHardwareAccelerated)
            return Dot<Float512, Vector512<float>>(a, b, length);
        if (Vector256.IsHardwareAccelerated)
            return Dot<Float256, Vector256<float>>(a, b, length);
        if (Vector128.IsHardwareAccelerated)
            return Dot<Float128, Vector128<float>>(a, b, length);
        return Dot<FloatScalar, float>(a, b, length);
    }

    internal static float Dot<TLanes, TVector>(float* a, float* b, int length)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        // Four sums, because one addition takes as long as the next four can start in.
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        var step = TLanes.Count;
        var i = 0;
        for (; i <= length - 4 * step; i += 4 * step)
        {
            s0 = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(a + i + step), TLanes.Load(b + i + step), s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(a + i + 2 * step), TLanes.Load(b + i + 2 * step), s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(a + i + 3 * step), TLanes.Load(b + i + 3 * step), s3);
        }
        for (; i <= length - step; i += step)
            s0 = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), s0);
        var sum = TLanes.Sum(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)));
        for (; i < length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
