namespace ImageRec.Vectors;

/// <summary>Lists the few operations that a float kernel needs, for one vector width; kernels are written once over this.</summary>
/// <typeparam name="TVector">The vector of that width.</typeparam>
internal unsafe interface IFloatLanes<TVector> where TVector : unmanaged
{
    static abstract int Count { get; }
    static abstract TVector Zero { get; }
    static abstract TVector Broadcast(float value);
    static abstract TVector Load(float* source);
    static abstract void Store(TVector value, float* destination);
    static abstract TVector Add(TVector a, TVector b);
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector addend);
    static abstract float Sum(TVector value);

    /// <summary>Returns one bit per lane, set where a is at least b.</summary>
    static abstract uint AtLeast(TVector a, TVector b);
}
