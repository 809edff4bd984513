using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Prefetches memory step by step while other work goes on: prefetched at once, it would delay that work.</summary>
/// <param name="start">Where it begins.</param>
/// <param name="end">Where it ends.</param>
internal unsafe struct ReadAhead(byte* start, byte* end)
{
    private byte* _at = start;
    private readonly byte* _end = end;

    /// <summary>Prefetches the next bytes.</summary>
    public void Step(int bytes)
    {
        if (_at >= _end)
            return;
        Prefetch.ReadLater(_at, bytes);
        _at += bytes;
    }

    /// <summary>Prefetches what is left.</summary>
    public readonly void Finish() => Prefetch.ReadLater(_at, _end - _at);
}
