using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Holds the nearest other rows of every row, found exactly by products of 64 rows with four at a time.</summary>
/// <param name="count">Neighbors of each row, k.</param>
/// <param name="rows">n x k row numbers, the nearest first.</param>
/// <param name="cosines">n x k.</param>
internal sealed unsafe class NearestRows(int count, int[] rows, float[] cosines)
{
    private const int Width = ProductKernel.PanelWidth;
    private const int BlockRows = 128;

    /// <summary>Neighbors of each row.</summary>
    public int Count => count;

    /// <summary>Returns the row numbers of a row's neighbors, the nearest first; of equally near ones the lower number.</summary>
    public ReadOnlySpan<int> RowsOf(int row) => rows.AsSpan(row * count, count);

    /// <summary>Returns the cosines of a row's neighbors with the row.</summary>
    public ReadOnlySpan<float> CosinesOf(int row) => cosines.AsSpan(row * count, count);

    /// <summary>Finds the neighbors of every row.</summary>
    /// <param name="unitRows">n x d.</param>
    /// <param name="count">Neighbors of each row, 1 to n - 1.</param>
    /// <param name="cancellationToken">Checked between blocks of rows.</param>
    public static NearestRows Of(FeatureMatrix unitRows, int count, CancellationToken cancellationToken)
    {
        var panels = Panels(unitRows);
        var (rows, cosines) = (new int[unitRows.Rows * count], new float[unitRows.Rows * count]);
        var blocks = (unitRows.Rows + BlockRows - 1) / BlockRows;
        Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellationToken }, block =>
        {
            var first = block * BlockRows;
            var best = new NearestList[Math.Min(BlockRows, unitRows.Rows - first)];
            for (var i = 0; i < best.Length; i++)
                best[i] = new NearestList(count, first + i);
            Search(unitRows, panels, first, best);
            for (var i = 0; i < best.Length; i++)
                best[i].CopyTo(rows.AsSpan((first + i) * count, count), cosines.AsSpan((first + i) * count, count));
        });
        GC.KeepAlive(panels);
        return new NearestRows(count, rows, cosines);
    }

    /// <summary>Lays out rows 64 at a time with the values of one dimension side by side; the last panel is filled up with zeros.</summary>
    private static NativeBuffer<float> Panels(FeatureMatrix unitRows)
    {
        var dimensions = unitRows.Columns;
        var panels = new NativeBuffer<float>((long)(unitRows.Rows + Width - 1) / Width * Width * dimensions);
        for (var i = 0; i < unitRows.Rows; i++)
        {
            var row = unitRows[i];
            var to = panels.Pointer + ((long)(i / Width) * Width * dimensions) + (i % Width);
            for (var j = 0; j < dimensions; j++)
                to[(long)j * Width] = row[j];
        }
        return panels;
    }

    private static void Search(FeatureMatrix unitRows, NativeBuffer<float> panels, int first, NearestList[] best)
    {
        var dimensions = unitRows.Columns;
        var products = stackalloc float[4 * Width];
        var positions = stackalloc int[Width];
        var offsets = stackalloc float[Width];
        new Span<float>(offsets, Width).Clear();
        var four = stackalloc float*[4];
        fixed (float* values = unitRows.Values.Span)
        {
            for (var start = 0; start < unitRows.Rows; start += Width)
            {
                var panel = panels.Pointer + ((long)start * dimensions);
                var width = Math.Min(Width, unitRows.Rows - start);
                for (var i = 0; i < best.Length; i += 4)
                {
                    // What is missing of the last four is filled up with the last row.
                    for (var r = 0; r < 4; r++)
                        four[r] = values + ((long)(first + Math.Min(i + r, best.Length - 1)) * dimensions);
                    ProductKernel.Multiply(four, panel, offsets, dimensions, products);
                    for (var r = 0; r < 4 && i + r < best.Length; r++)
                    {
                        var list = best[i + r];
                        var found = SelectKernel.AtLeast(products + (r * Width), width, list.Least, positions);
                        for (var f = 0; f < found; f++)
                            list.Add(start + positions[f], products[(r * Width) + positions[f]]);
                    }
                }
            }
        }
    }
}
