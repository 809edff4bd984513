using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Memory that is asked for a step at a time while other work goes on: asked for at once, it would hold that work up.</summary>
/// <param name="start">Where it begins.</param>
/// <param name="end">Where it ends.</param>
internal unsafe struct ReadAhead(byte* start, byte* end)
{
    private byte* _at = start;
    private readonly byte* _end = end;

    public void Step(int bytes)
    {
        if (_at >= _end)
            return;
        Prefetch.ReadLater(_at, bytes);
        _at += bytes;
    }

    /// <summary>Asks for what is left.</summary>
    public readonly void Finish() => Prefetch.ReadLater(_at, _end - _at);
}
