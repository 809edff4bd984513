using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Holds room for searching one segment; grows to the largest and stays.</summary>
internal sealed unsafe class SegmentScratch
{
    /// <summary>Rows looked at before candidates are scored, so that the threshold rises early.</summary>
    public const int ChunkBlocks = 32;

    private const int ChunkRows = ChunkBlocks * NibbleKernel.BlockRows;
    private readonly NativeBuffer<float> _bounds = new(NibbleKernel.BlockRows);
    private readonly NativeBuffer<int> _candidates = new(ChunkRows);
    private readonly NativeBuffer<float> _candidateBounds = new(ChunkRows);
    private NativeBuffer<float> _similarities = new(0);
    private NativeBuffer<float> _cellBounds = new(0);
    private NativeBuffer<int> _order = new(0);
    private NativeBuffer<float> _row = new(0);

    /// <summary>Rows whose codes were read, counted over all searches.</summary>
    public long RowsRead { get; set; }

    public QueryCode Code { get; } = new();

    /// <summary>The query's product with each centroid.</summary>
    public float* Similarities => _similarities.Pointer;

    /// <summary>What rows of each cell can score at most, or are likely to.</summary>
    public float* CellBounds => _cellBounds.Pointer;

    /// <summary>Cells to read, in order.</summary>
    public int* Order => _order.Pointer;

    public float* Bounds => _bounds.Pointer;

    public int* Candidates => _candidates.Pointer;

    public float* CandidateBounds => _candidateBounds.Pointer;

    /// <summary>One row read from the row source.</summary>
    public float* Row => _row.Pointer;

    /// <summary>Makes room for a segment.</summary>
    public void Reserve(Segment segment)
    {
        var cells = (segment.Cells.Count + NibbleKernel.BlockRows - 1) / NibbleKernel.BlockRows * NibbleKernel.BlockRows;
        if (_similarities.Length < cells)
        {
            _similarities = new NativeBuffer<float>(cells);
            _cellBounds = new NativeBuffer<float>(cells);
            _order = new NativeBuffer<int>(cells);
        }
        if (_row.Length < segment.Stride)
            _row = new NativeBuffer<float>(segment.Stride);
    }
}
