using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Learns cells by k-means (Lloyd 1982) on a sample: thousands in seconds, where a general trainer takes minutes.</summary>
internal static unsafe class CellTrainer
{
    private const int RowsPerCell = 32;
    private const int Rounds = 6;
    private const double GroupShare = 1.5;

    /// <summary>Learns cells. The same rows, count and seed give the same cells, whatever the number of threads.</summary>
    public static CellSet Train(RowSet rows, int count, int seed, int threads, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var sample = Sample(rows, (int)Math.Min(rows.Count, (long)count * RowsPerCell), random);
        var cells = new CellSet(count, rows.Dimensions);
        var order = new int[sample.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        random.Shuffle(order);
        for (var cell = 0; cell < count; cell++)
            Row(sample[order[cell]], sample.Stride).CopyTo(Row(cells[cell], cells.Stride));

        var assigned = new int[sample.Count];
        var sizes = new int[count];
        for (var round = 0; round < (count == 1 ? 1 : Rounds); round++)
        {
            new CellAssigner(cells, GroupShare).Assign(sample, assigned, threads, cancellationToken);
            MoveToMeans(cells, sample, assigned, sizes, random);
        }
        return cells;
    }

    private static RowSet Sample(RowSet rows, int count, Random random)
    {
        if (count == rows.Count)
            return rows;
        // One row from each of count equal stretches: as random as needed, and spread over the whole catalog.
        var chosen = new nint[count];
        for (var i = 0; i < count; i++)
        {
            var first = (long)rows.Count * i / count;
            var next = (long)rows.Count * (i + 1) / count;
            chosen[i] = (nint)rows[(int)random.NextInt64(first, next)];
        }
        return new RowSet(new int[count], chosen, rows.Dimensions, rows.Stride, rows.Owners);
    }

    private static void MoveToMeans(CellSet cells, RowSet sample, int[] assigned, int[] sizes, Random random)
    {
        Array.Clear(sizes);
        cells.Buffer.Slice(0, checked(cells.Count * cells.Stride)).Clear();
        for (var i = 0; i < sample.Count; i++)
        {
            var sum = Row(cells[assigned[i]], cells.Stride);
            TensorPrimitives.Add(sum, Row(sample[i], sample.Stride), sum);
            sizes[assigned[i]]++;
        }
        for (var cell = 0; cell < cells.Count; cell++)
        {
            var sum = Row(cells[cell], cells.Stride);
            if (sizes[cell] > 0)
                TensorPrimitives.Divide(sum, sizes[cell], sum);
            else
                Row(sample[random.Next(sample.Count)], sample.Stride).CopyTo(sum);
        }
    }

    private static Span<float> Row(float* row, int stride) => new(row, stride);
}
