using System.Runtime.Intrinsics;

namespace ImageRec.Vectors;

/// <summary>Multiplies four rows by 64 centroids at once: the inner part of a matrix product, for finding nearest centroids.</summary>
/// <remarks>
/// Registers are reused 16 times per load, so it runs at the speed of the multiplier and not of the memory (Goto and van de Geijn, 2008).
/// </remarks>
internal static unsafe class ProductKernel
{
    /// <summary>Centroids in a panel. A panel is d x 64: 64 centroids' values of one dimension lie side by side.</summary>
    public const int PanelWidth = 64;

    /// <summary>Computes products[r, c] = offsets[c] + row r . centroid c.</summary>
    /// <param name="rows">4 x d.</param>
    /// <param name="panel">d x 64.</param>
    /// <param name="offsets">64 values.</param>
    /// <param name="dimensions">d.</param>
    /// <param name="products">4 x 64, written.</param>
    public static void Multiply(float** rows, float* panel, float* offsets, int dimensions, float* products)
    {
        if (Vector512.IsHardwareAccelerated)
            Multiply<Float512, Vector512<float>>(rows, panel, offsets, dimensions, products);
        else if (Vector256.IsHardwareAccelerated)
            Multiply<Float256, Vector256<float>>(rows, panel, offsets, dimensions, products);
        else if (Vector128.IsHardwareAccelerated)
            Multiply<Float128, Vector128<float>>(rows, panel, offsets, dimensions, products);
        else
            Multiply<FloatScalar, float>(rows, panel, offsets, dimensions, products);
    }

    internal static void Multiply<TLanes, TVector>(float** rows, float* panel, float* offsets, int dimensions, float* products)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var w = TLanes.Count;
        float* ra = rows[0], rb = rows[1], rc = rows[2], rd = rows[3];
        for (var column = 0; column < PanelWidth; column += 4 * w)
        {
            TVector a0 = TLanes.Load(offsets + column), a1 = TLanes.Load(offsets + column + w);
            TVector a2 = TLanes.Load(offsets + column + 2 * w), a3 = TLanes.Load(offsets + column + 3 * w);
            TVector b0 = a0, b1 = a1, b2 = a2, b3 = a3, c0 = a0, c1 = a1, c2 = a2, c3 = a3, d0 = a0, d1 = a1, d2 = a2, d3 = a3;
            var p = panel + column;
            for (var j = 0; j < dimensions; j++, p += PanelWidth)
            {
                TVector p0 = TLanes.Load(p), p1 = TLanes.Load(p + w), p2 = TLanes.Load(p + 2 * w), p3 = TLanes.Load(p + 3 * w);
                var value = TLanes.Broadcast(ra[j]);
                a0 = TLanes.MultiplyAdd(value, p0, a0);
                a1 = TLanes.MultiplyAdd(value, p1, a1);
                a2 = TLanes.MultiplyAdd(value, p2, a2);
                a3 = TLanes.MultiplyAdd(value, p3, a3);
                value = TLanes.Broadcast(rb[j]);
                b0 = TLanes.MultiplyAdd(value, p0, b0);
                b1 = TLanes.MultiplyAdd(value, p1, b1);
                b2 = TLanes.MultiplyAdd(value, p2, b2);
                b3 = TLanes.MultiplyAdd(value, p3, b3);
                value = TLanes.Broadcast(rc[j]);
                c0 = TLanes.MultiplyAdd(value, p0, c0);
                c1 = TLanes.MultiplyAdd(value, p1, c1);
                c2 = TLanes.MultiplyAdd(value, p2, c2);
                c3 = TLanes.MultiplyAdd(value, p3, c3);
                value = TLanes.Broadcast(rd[j]);
                d0 = TLanes.MultiplyAdd(value, p0, d0);
                d1 = TLanes.MultiplyAdd(value, p1, d1);
                d2 = TLanes.MultiplyAdd(value, p2, d2);
                d3 = TLanes.MultiplyAdd(value, p3, d3);
            }
            var o = products + column;
            Store<TLanes, TVector>(a0, a1, a2, a3, o);
            Store<TLanes, TVector>(b0, b1, b2, b3, o + PanelWidth);
            Store<TLanes, TVector>(c0, c1, c2, c3, o + 2 * PanelWidth);
            Store<TLanes, TVector>(d0, d1, d2, d3, o + 3 * PanelWidth);
        }
    }

    private static void Store<TLanes, TVector>(TVector v0, TVector v1, TVector v2, TVector v3, float* destination)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var w = TLanes.Count;
        TLanes.Store(v0, destination);
        TLanes.Store(v1, destination + w);
        TLanes.Store(v2, destination + 2 * w);
        TLanes.Store(v3, destination + 3 * w);
    }
}
