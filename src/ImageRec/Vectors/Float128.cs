using System.Runtime.Intrinsics;

namespace ImageRec.Vectors;

/// <summary>Works on four floats at a time.</summary>
internal readonly unsafe struct Float128 : IFloatLanes<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;
    public static Vector128<float> Zero => Vector128<float>.Zero;
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);
    public static Vector128<float> Load(float* source) => Vector128.Load(source);
    public static void Store(Vector128<float> value, float* destination) => value.Store(destination);
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> addend) =>
        Vector128.FusedMultiplyAdd(a, b, addend);
    public static float Sum(Vector128<float> value) => Vector128.Sum(value);
    public static uint AtLeast(Vector128<float> a, Vector128<float> b) =>
        (uint)Vector128.GreaterThanOrEqual(a, b).ExtractMostSignificantBits();
}
