using System.Runtime.Intrinsics;

namespace ImageRec.Vectors;

/// <summary>Works on sixteen floats at a time.</summary>
internal readonly unsafe struct Float512 : IFloatLanes<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;
    public static Vector512<float> Zero => Vector512<float>.Zero;
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);
    public static Vector512<float> Load(float* source) => Vector512.Load(source);
    public static void Store(Vector512<float> value, float* destination) => value.Store(destination);
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> addend) =>
        Vector512.FusedMultiplyAdd(a, b, addend);
    public static float Sum(Vector512<float> value) => Vector512.Sum(value);
    public static uint AtLeast(Vector512<float> a, Vector512<float> b) =>
        (uint)Vector512.GreaterThanOrEqual(a, b).ExtractMostSignificantBits();
}
