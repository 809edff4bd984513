namespace ImageRec.Vectors;

/// <summary>Adds products of many rows with up to 64 others to a block of a matrix.</summary>
internal static unsafe class BlockProducts
{
    // A panel of so many dimensions (64 KB) stays in the cache while all rows pass by.
    private const int Depth = 256;

    /// <summary>Computes destination[i, c] += scale * (left row i . right row c).</summary>
    /// <param name="left">n rows of <paramref name="depth"/> values, <paramref name="leftStride"/> apart.</param>
    /// <param name="leftStride">Values from one left row to the next.</param>
    /// <param name="count">n.</param>
    /// <param name="right">m rows of <paramref name="depth"/> values, <paramref name="rightStride"/> apart.</param>
    /// <param name="rightStride">Values from one right row to the next.</param>
    /// <param name="width">m, 1 to 64.</param>
    /// <param name="depth">Values multiplied.</param>
    /// <param name="scale">Of the products.</param>
    /// <param name="destination">n rows of m values, <paramref name="destinationStride"/> apart; must overlap nothing that is read.</param>
    /// <param name="destinationStride">Values from one destination row to the next.</param>
    public static void Add(
        float* left, long leftStride, int count, float* right, long rightStride, int width, int depth, float scale, float* destination,
        long destinationStride)
    {
        const int lanes = ProductKernel.PanelWidth;
        using var scratch = new NativeBuffer<float>((Depth * lanes) + (4 * lanes) + lanes);
        var panel = scratch.Pointer;
        var products = panel + (Depth * lanes);
        var zeros = products + (4 * lanes);
        var four = stackalloc float*[4];
        for (var start = 0; start < depth; start += Depth)
        {
            var part = Math.Min(Depth, depth - start);
            for (var c = 0; c < width; c++)
                for (var j = 0; j < part; j++)
                    panel[(j * lanes) + c] = scale * right[(c * rightStride) + start + j];
            for (var i = 0; i < count; i += 4)
            {
                // What is missing of the last four is filled up with the last row.
                for (var r = 0; r < 4; r++)
                    four[r] = left + (Math.Min(i + r, count - 1) * leftStride) + start;
                ProductKernel.Multiply(four, panel, zeros, part, products);
                for (var r = 0; r < 4 && i + r < count; r++)
                {
                    var to = destination + ((i + r) * destinationStride);
                    for (var c = 0; c < width; c++)
                        to[c] += products[(r * lanes) + c];
                }
            }
        }
    }
}
