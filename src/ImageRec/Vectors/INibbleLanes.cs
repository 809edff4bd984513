namespace ImageRec.Vectors;

/// <summary>Lists the operations that a scan of four-bit codes needs, for one vector width.</summary>
internal unsafe interface INibbleLanes<TBytes, TShorts, TInts, TFloats>
    where TBytes : unmanaged where TShorts : unmanaged where TInts : unmanaged where TFloats : unmanaged
{
    static abstract int Bytes { get; }
    static abstract TShorts Zero { get; }
    static abstract TInts ZeroInts { get; }
    static abstract TBytes Load(byte* source);
    static abstract TBytes Broadcast(int fourBytes);
    static abstract TFloats Broadcast(float value);
    static abstract TBytes LowNibbles(TBytes value);
    static abstract TBytes HighNibbles(TBytes value);

    /// <summary>Multiplies unsigned bytes by signed bytes and adds neighbors: even + odd.</summary>
    static abstract TShorts MultiplyAddAdjacent(TBytes unsignedBytes, TBytes signedBytes);

    static abstract TShorts Add(TShorts a, TShorts b);
    static abstract TInts Add(TInts a, TInts b);
    static abstract TInts WidenLower(TShorts value);
    static abstract TInts WidenUpper(TShorts value);
    static abstract TFloats ToFloats(TInts value);
    static abstract TFloats Load(float* source);
    static abstract void Store(TFloats value, float* destination);
    static abstract TFloats MultiplyAdd(TFloats a, TFloats b, TFloats addend);

    /// <summary>Returns one bit per lane, set where a is at least b.</summary>
    static abstract uint AtLeast(TFloats a, TFloats b);
}
