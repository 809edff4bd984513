using System.Numerics.Tensors;
using ImageRec.Indexing;
using ImageRec.Vectors;

namespace ImageRec.Tests.Indexing;

public sealed unsafe class CellAssignerTests
{
    private const int Dimensions = 32;

    [Fact]
    public void Assign_FewCells_FindsTheNearest()
    {
        var (rows, matrix) = Rows(3000);
        var cells = CellTrainer.Train(rows, 300, seed: 1, threads: 1, CancellationToken.None);
        Assert.Equal(Nearest(matrix, cells), Assign(rows, cells, share: 1, threads: 1));
    }

    [Fact]
    public void Assign_ManyCells_FindsTheNearestForNearlyAll()
    {
        var (rows, matrix) = Rows(20_000);
        var cells = CellTrainer.Train(rows, 1500, seed: 1, threads: 2, CancellationToken.None);
        var (nearest, assigned) = (Nearest(matrix, cells), Assign(rows, cells, share: 2.5, threads: 2));
        var same = nearest.Zip(assigned).Count(pair => pair.First == pair.Second) / (double)nearest.Length;
        Assert.InRange(same, 0.97, 1);
    }

    [Fact]
    public void Assign_MoreThreads_GivesTheSame()
    {
        var (rows, _) = Rows(5000);
        var cells = CellTrainer.Train(rows, 900, seed: 1, threads: 1, CancellationToken.None);
        Assert.Equal(Assign(rows, cells, share: 1.5, threads: 1), Assign(rows, cells, share: 1.5, threads: 4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void Groups_HoldEveryCellOnce(int count)
    {
        var (rows, _) = Rows(1000);
        var groups = new CellGroups(CellTrainer.Train(rows, count, seed: 1, threads: 1, CancellationToken.None));
        Assert.Equal(Enumerable.Range(0, count), groups.Order.ToArray().Order());
        Assert.Equal((count + 63) / 64, groups.Count);
    }

    private static (RowSet Rows, FeatureMatrix Matrix) Rows(int count)
    {
        var matrix = ClusteredRows.Create(count, Dimensions, seed: 3);
        var copy = new NativeBuffer<float>((long)count * Dimensions);
        var addresses = new nint[count];
        for (var row = 0; row < count; row++)
        {
            matrix[row].CopyTo(copy.Slice((long)row * Dimensions, Dimensions));
            addresses[row] = (nint)(copy.Pointer + (long)row * Dimensions);
        }
        return (new RowSet([.. Enumerable.Range(0, count)], addresses, Dimensions, Dimensions, copy), matrix);
    }

    private static int[] Assign(RowSet rows, CellSet cells, double share, int threads)
    {
        var assigned = new int[rows.Count];
        new CellAssigner(cells, share).Assign(rows, assigned, threads, CancellationToken.None);
        GC.KeepAlive(rows.Owners);
        return assigned;
    }

    private static int[] Nearest(FeatureMatrix rows, CellSet cells)
    {
        var nearest = new int[rows.Rows];
        for (var row = 0; row < rows.Rows; row++)
        {
            var least = float.PositiveInfinity;
            for (var cell = 0; cell < cells.Count; cell++)
            {
                var distance = TensorPrimitives.Distance(rows[row], new ReadOnlySpan<float>(cells[cell], Dimensions));
                if (distance < least)
                    (least, nearest[row]) = (distance, cell);
            }
        }
        return nearest;
    }
}
