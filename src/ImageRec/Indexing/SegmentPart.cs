namespace ImageRec.Indexing;

/// <summary>A segment, and how many of its rows are dead.</summary>
internal readonly record struct SegmentPart(Segment Segment, int Dead)
{
    public int Live => Segment.Count - Dead;
}
