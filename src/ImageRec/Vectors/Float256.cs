using System.Runtime.Intrinsics;

namespace ImageRec.Vectors;

/// <summary>Works on eight floats at a time.</summary>
internal readonly unsafe struct Float256 : IFloatLanes<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;
    public static Vector256<float> Zero => Vector256<float>.Zero;
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);
    public static Vector256<float> Load(float* source) => Vector256.Load(source);
    public static void Store(Vector256<float> value, float* destination) => value.Store(destination);
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> addend) =>
        Vector256.FusedMultiplyAdd(a, b, addend);
    public static float Sum(Vector256<float> value) => Vector256.Sum(value);
    public static uint AtLeast(Vector256<float> a, Vector256<float> b) =>
        (uint)Vector256.GreaterThanOrEqual(a, b).ExtractMostSignificantBits();
}
