namespace ImageRec.Indexing;

/// <summary>Holds a segment, and how many of its rows are deleted.</summary>
internal readonly record struct SegmentPart(Segment Segment, int Deleted)
{
    public int Live => Segment.Count - Deleted;
}
