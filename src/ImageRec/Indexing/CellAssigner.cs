using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Files rows under the cell whose centroid is nearest; where there are many cells, nearest among those of the panels that are nearest to the row.</summary>
internal sealed unsafe class CellAssigner
{
    private const int Width = ProductKernel.PanelWidth;
    private const int RowsATime = 512;
    private const int FewPanels = 8;

    private readonly CellPanels _panels;
    private readonly PackedCells _cells;
    private readonly PackedCells _means;
    private readonly int _visited;

    /// <summary>Prepares filing.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="share">Panels a row is compared with, for each square root of their number.</param>
    public CellAssigner(CellSet cells, double share)
    {
        _panels = new CellPanels(cells);
        _cells = new PackedCells(cells, _panels.Order);
        _means = new PackedCells(_panels.Means, [.. Enumerable.Range(0, _panels.Count)]);
        _visited = _panels.Count <= FewPanels ? _panels.Count : (int)Math.Min(_panels.Count, Math.Ceiling(share * Math.Sqrt(_panels.Count)));
    }

    /// <summary>Finds every row's cell.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="assigned">n cell numbers, written.</param>
    /// <param name="threads">Threads to use; their number does not show in the result.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Assign(RowSet rows, int[] assigned, int threads, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, (rows.Count + RowsATime - 1) / RowsATime, options, NewVisits, (part, _, visits) =>
        {
            var start = part * RowsATime;
            var count = Math.Min(RowsATime, rows.Count - start);
            Visit(rows, start, count, visits);
            AssignPart(rows, start, visits, assigned);
            return visits;
        }, _ => { });
    }

    private List<int>[] NewVisits() => [.. Enumerable.Range(0, _panels.Count).Select(_ => new List<int>())];

    /// <summary>Chooses which rows are compared with each panel.</summary>
    private void Visit(RowSet rows, int start, int count, List<int>[] visits)
    {
        foreach (var visit in visits)
            visit.Clear();
        var four = stackalloc float*[4];
        var nearness = stackalloc float[4 * Width];
        var nearest = stackalloc int[4 * _visited];
        var values = stackalloc float[4 * _visited];
        var found = stackalloc int[4];
        for (var i = 0; i < count; i += 4)
        {
            for (var k = 0; k < 4; k++)
            {
                four[k] = rows[start + Math.Min(i + k, count - 1)];
                found[k] = 0;
            }
            for (var panel = 0; panel < _panels.Count; panel += Width)
            {
                _means.Compare(four, panel / Width, nearness);
                for (var k = 0; k < 4; k++)
                {
                    for (var p = panel; p < Math.Min(panel + Width, _panels.Count); p++)
                        BestFew.Insert(p, nearness[k * Width + p - panel], nearest + k * _visited, values + k * _visited, ref found[k], _visited);
                }
            }
            for (var k = 0; k < Math.Min(4, count - i); k++)
            {
                for (var v = 0; v < _visited; v++)
                    visits[nearest[k * _visited + v]].Add(start + i + k);
            }
        }
    }

    private void AssignPart(RowSet rows, int start, List<int>[] visits, int[] assigned)
    {
        var four = stackalloc float*[4];
        var nearness = stackalloc float[4 * Width];
        var best = stackalloc float[RowsATime];
        new Span<float>(best, RowsATime).Fill(float.NegativeInfinity);
        for (var panel = 0; panel < visits.Length; panel++)
        {
            var visit = visits[panel];
            for (var i = 0; i < visit.Count; i += 4)
            {
                for (var k = 0; k < 4; k++)
                    four[k] = rows[visit[Math.Min(i + k, visit.Count - 1)]];
                _cells.Compare(four, panel, nearness);
                for (var k = 0; k < Math.Min(4, visit.Count - i); k++)
                {
                    var row = visit[i + k];
                    var near = new ReadOnlySpan<float>(nearness + k * Width, Width);
                    var largest = TensorPrimitives.Max(near);
                    if (largest <= best[row - start])
                        continue;
                    best[row - start] = largest;
                    assigned[row] = _panels[panel][near.IndexOf(largest)];
                }
            }
        }
    }
}
