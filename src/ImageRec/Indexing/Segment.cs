using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Holds rows assigned to cells, encoded and ready to search. Immutable.</summary>
internal sealed unsafe class Segment
{
    public required int Id { get; init; }
    public required int Count { get; init; }
    public required CellSet Cells { get; init; }

    /// <summary>First row of each cell, and the row count: Cells + 1 values.</summary>
    public required int[] RowStart { get; init; }

    /// <summary>First block of each cell, and the block count: Cells + 1 values.</summary>
    public required int[] BlockStart { get; init; }

    /// <summary>Distance of each cell's farthest row from the centroid, rounded up: Cells values.</summary>
    public required float[] Radius { get; init; }

    /// <summary>What each dimension's codes are multiplied with: Groups x 4 values.</summary>
    public required float[] Weights { get; init; }

    /// <summary>The longest code, each dimension counted from 7.5, rounded up.</summary>
    public required float LongestCode { get; init; }

    /// <summary>The rows' codes, by cell, in blocks of 32.</summary>
    public required NativeBuffer<byte> Blocks { get; init; }

    /// <summary>The centroids' codes; in place of an error, the typical distance of a cell's rows from its centroid.</summary>
    public required NativeBuffer<byte> CellBlocks { get; init; }

    /// <summary>Keys in the order of the rows.</summary>
    public required int[] Keys { get; init; }

    /// <summary>A hash of each row, by which a reopened index knows that a row has not changed.</summary>
    public required uint[] Hashes { get; init; }

    /// <summary>The rows in cell order, Count x Stride; null when only codes stay in memory.</summary>
    public required NativeBuffer<float>? Rows { get; init; }

    /// <summary>Where to read rows that are not in memory.</summary>
    public required IRowSource? Source { get; init; }

    public Tuning Tuning { get; set; } = Tuning.Exact;

    public int Dimensions => Cells.Dimensions;
    public int Stride => Cells.Stride;
    public int Groups => RowLayout.Groups(Dimensions);
    public int BlockBytes => NibbleKernel.BlockBytes(Groups);

    public byte* Block(int block) => Blocks.Pointer + (long)block * BlockBytes;

    public float* Row(int row) => Rows!.Pointer + (long)row * Stride;

    /// <summary>
    /// Computes how far rows lie from their centroids in the direction of a query, times its length: 1 for a query of length 1 that favors
    /// no dimension.
    /// </summary>
    /// <param name="query">d values.</param>
    public float SpreadAlong(float* query)
    {
        double along = 0, all = 0;
        for (var j = 0; j < Dimensions; j++)
        {
            var square = (double)Weights[j] * Weights[j];
            along += square * query[j] * query[j];
            all += square;
        }
        return (float)Math.Sqrt(along * Dimensions / all);
    }

    /// <summary>Frees the memory outside the managed heap; nobody may be reading any more.</summary>
    public void Free()
    {
        Blocks.Dispose();
        CellBlocks.Dispose();
        Rows?.Dispose();
        Cells.Buffer.Dispose();
    }

    /// <summary>Bytes held, in all.</summary>
    public long Bytes => Blocks.Length + CellBlocks.Length
        + ((Rows?.Length ?? 0) + Cells.Buffer.Length) * sizeof(float)
        + ((long)RowStart.Length + BlockStart.Length + Radius.Length + Weights.Length + Keys.Length + Hashes.Length) * 4;
}
