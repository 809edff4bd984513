using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Files rows under the cell whose centroid is nearest, by squared distance.</summary>
/// <remarks>|x - c|^2 is least where x.c - |c|^2 / 2 is greatest, so one matrix product decides.</remarks>
internal sealed unsafe class CellAssigner
{
    private const int Width = ProductKernel.PanelWidth;
    private const int RowsATime = 256;
    private readonly CellSet _cells;
    private readonly NativeBuffer<float> _panels;
    private readonly NativeBuffer<float> _offsets;
    private readonly int _panelCount;

    public CellAssigner(CellSet cells)
    {
        _cells = cells;
        _panelCount = (cells.Count + Width - 1) / Width;
        _panels = new NativeBuffer<float>((long)_panelCount * Width * cells.Dimensions);
        _offsets = new NativeBuffer<float>(_panelCount * Width);
        for (var cell = 0; cell < _panelCount * Width; cell++)
        {
            if (cell >= cells.Count)
            {
                _offsets.Pointer[cell] = float.NegativeInfinity;
                continue;
            }
            var panel = Panel(cell / Width) + cell % Width;
            for (var j = 0; j < cells.Dimensions; j++)
                panel[(long)j * Width] = cells[cell][j];
            _offsets.Pointer[cell] = -0.5f * DotKernel.Dot(cells[cell], cells[cell], cells.Stride);
        }
    }

    /// <summary>Finds every row's cell.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="assigned">n cell numbers, written; of equally near cells the first.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Assign(RowSet rows, int[] assigned, int threads, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, (rows.Count + RowsATime - 1) / RowsATime, options, part =>
        {
            var start = part * RowsATime;
            AssignPart(rows, start, Math.Min(RowsATime, rows.Count - start), assigned);
        });
    }

    private void AssignPart(RowSet rows, int start, int count, int[] assigned)
    {
        var four = stackalloc float*[4];
        var products = stackalloc float[4 * Width];
        var best = stackalloc float[RowsATime];
        new Span<float>(best, count).Fill(float.NegativeInfinity);
        for (var panel = 0; panel < _panelCount; panel++)
        {
            for (var i = 0; i < count; i += 4)
            {
                for (var k = 0; k < 4; k++)
                    four[k] = rows[start + Math.Min(i + k, count - 1)];
                ProductKernel.Multiply(four, Panel(panel), _offsets.Pointer + panel * Width, _cells.Dimensions, products);
                for (var k = 0; k < Math.Min(4, count - i); k++)
                {
                    var product = new ReadOnlySpan<float>(products + k * Width, Width);
                    var largest = TensorPrimitives.Max(product);
                    if (largest <= best[i + k])
                        continue;
                    best[i + k] = largest;
                    assigned[start + i + k] = panel * Width + product.IndexOf(largest);
                }
            }
        }
    }

    private float* Panel(int panel) => _panels.Pointer + (long)panel * Width * _cells.Dimensions;
}
