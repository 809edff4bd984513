using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageRec.Vectors;

/// <summary>Works on thirty-two bytes at a time.</summary>
internal readonly unsafe struct Nibble256 : INibbleLanes<Vector256<byte>, Vector256<short>, Vector256<int>, Vector256<float>>
{
    public static int Bytes => Vector256<byte>.Count;
    public static Vector256<short> Zero => Vector256<short>.Zero;
    public static Vector256<int> ZeroInts => Vector256<int>.Zero;
    public static Vector256<byte> Load(byte* source) => Vector256.Load(source);
    public static Vector256<byte> Broadcast(int fourBytes) => Vector256.Create(fourBytes).AsByte();
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);
    public static Vector256<byte> LowNibbles(Vector256<byte> value) => value & Vector256.Create((byte)15);
    public static Vector256<byte> HighNibbles(Vector256<byte> value) => (value.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)15);
    public static Vector256<short> MultiplyAddAdjacent(Vector256<byte> unsignedBytes, Vector256<byte> signedBytes) =>
        Avx2.MultiplyAddAdjacent(unsignedBytes, signedBytes.AsSByte());
    public static Vector256<short> Add(Vector256<short> a, Vector256<short> b) => a + b;
    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => a + b;
    public static Vector256<int> WidenLower(Vector256<short> value) => Vector256.WidenLower(value);
    public static Vector256<int> WidenUpper(Vector256<short> value) => Vector256.WidenUpper(value);
    public static Vector256<float> ToFloats(Vector256<int> value) => Vector256.ConvertToSingle(value);
    public static Vector256<float> Load(float* source) => Vector256.Load(source);
    public static void Store(Vector256<float> value, float* destination) => value.Store(destination);
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> addend) =>
        Vector256.FusedMultiplyAdd(a, b, addend);
    public static uint AtLeast(Vector256<float> a, Vector256<float> b) =>
        (uint)Vector256.GreaterThanOrEqual(a, b).ExtractMostSignificantBits();
}
