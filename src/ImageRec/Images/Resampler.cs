using System.Buffers;
using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Images;

/// <summary>
/// Resizes pixels with a separable filter: each source line is shortened once, then added to the target lines it touches.
/// </summary>
internal static class Resampler
{
    /// <summary>Resizes a part of an image.</summary>
    /// <param name="pixels">height x stride x 4.</param>
    /// <param name="stride">Pixels from the start of a line to that of the next.</param>
    /// <param name="width">Pixels per line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="window">Which part, and how large it becomes.</param>
    /// <param name="resized">window.Height x window.Width x 4, overwritten.</param>
    public static unsafe void Resize(byte* pixels, int stride, int width, int height, FitWindow window, Span<float> resized)
    {
        var columns = new ResampleAxis(width, window.X, window.SourceWidth, window.Width);
        var rows = new ResampleAxis(height, window.Y, window.SourceHeight, window.Height);
        var wide = ArrayPool<float>.Shared.Rent(width * 4);
        var narrow = ArrayPool<float>.Shared.Rent(window.Width * 4);
        try
        {
            var line = narrow.AsSpan(0, window.Width * 4);
            resized.Clear();
            var done = 0;
            for (var y = rows.FirstUsed; y < rows.PastUsed; y++)
            {
                PixelKernel.Widen(new ReadOnlySpan<byte>(pixels + (long)y * stride * 4, width * 4), wide);
                Shorten(wide, columns, line);
                while (rows.First(done) + rows.Weights(done).Length <= y)
                    done++;
                for (var target = done; target < window.Height && rows.First(target) <= y; target++)
                {
                    var sum = resized.Slice(target * line.Length, line.Length);
                    TensorPrimitives.MultiplyAdd(line, rows.Weights(target)[y - rows.First(target)], sum, sum);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(wide);
            ArrayPool<float>.Shared.Return(narrow);
        }
    }

    private static void Shorten(ReadOnlySpan<float> wide, ResampleAxis columns, Span<float> line)
    {
        for (var x = 0; x < line.Length / 4; x++)
            PixelKernel.WeightedSum(wide[(columns.First(x) * 4)..], columns.Weights(x), line.Slice(x * 4, 4));
    }
}
