using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>
/// Assigns rows to the cell whose centroid is nearest; where there are many cells, nearest among the cells of those groups whose
/// second-level centroids are nearest to the row.
/// </summary>
internal sealed unsafe class CellAssigner
{
    private const int Width = ProductKernel.PanelWidth;
    private const int RowsPerPart = 512;
    private const int FewGroups = 8;

    private readonly CellGroups _groups;
    private readonly PackedCells _cells;
    private readonly PackedCells _secondLevel;
    private readonly int _visited;

    /// <summary>Prepares the assignment.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="share">Groups that a row is compared with, as a multiple of the square root of their number.</param>
    public CellAssigner(CellSet cells, double share)
    {
        _groups = new CellGroups(cells);
        _cells = new PackedCells(cells, _groups.Order);
        _secondLevel = new PackedCells(_groups.Centroids, [.. Enumerable.Range(0, _groups.Count)]);
        var some = (int)Math.Min(_groups.Count, Math.Ceiling(share * Math.Sqrt(_groups.Count)));
        _visited = _groups.Count <= FewGroups ? _groups.Count : some;
    }

    /// <summary>Finds every row's cell.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="assigned">n cell numbers, written.</param>
    /// <param name="threads">Threads to use; their number does not change the result.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Assign(RowSet rows, int[] assigned, int threads, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, (rows.Count + RowsPerPart - 1) / RowsPerPart, options, NewVisits, (part, _, visits) =>
        {
            var start = part * RowsPerPart;
            var count = Math.Min(RowsPerPart, rows.Count - start);
            Visit(rows, start, count, visits);
            AssignPart(rows, start, visits, assigned);
            return visits;
        }, _ => { });
    }

    private List<int>[] NewVisits() => [.. Enumerable.Range(0, _groups.Count).Select(_ => new List<int>())];

    /// <summary>Chooses which rows are compared with the cells of each group.</summary>
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
            for (var first = 0; first < _groups.Count; first += Width)
            {
                _secondLevel.Compare(four, first / Width, nearness);
                for (var k = 0; k < 4; k++)
                {
                    int* items = nearest + k * _visited;
                    for (var g = first; g < Math.Min(first + Width, _groups.Count); g++)
                        BestFew.Insert(g, nearness[k * Width + g - first], items, values + k * _visited, ref found[k], _visited);
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
        var best = stackalloc float[RowsPerPart];
        new Span<float>(best, RowsPerPart).Fill(float.NegativeInfinity);
        for (var group = 0; group < visits.Length; group++)
        {
            var visit = visits[group];
            for (var i = 0; i < visit.Count; i += 4)
            {
                for (var k = 0; k < 4; k++)
                    four[k] = rows[visit[Math.Min(i + k, visit.Count - 1)]];
                _cells.Compare(four, group, nearness);
                for (var k = 0; k < Math.Min(4, visit.Count - i); k++)
                {
                    var row = visit[i + k];
                    var near = new ReadOnlySpan<float>(nearness + k * Width, Width);
                    var largest = TensorPrimitives.Max(near);
                    if (largest <= best[row - start])
                        continue;
                    best[row - start] = largest;
                    assigned[row] = _groups[group][near.IndexOf(largest)];
                }
            }
        }
    }
}
