using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageRec.Vectors;

/// <summary>Works on sixty-four bytes at a time.</summary>
internal readonly unsafe struct Nibble512 : INibbleLanes<Vector512<byte>, Vector512<short>, Vector512<int>, Vector512<float>>
{
    public static int Bytes => Vector512<byte>.Count;
    public static Vector512<short> Zero => Vector512<short>.Zero;
    public static Vector512<int> ZeroInts => Vector512<int>.Zero;
    public static Vector512<byte> Load(byte* source) => Vector512.Load(source);
    public static Vector512<byte> Broadcast(int fourBytes) => Vector512.Create(fourBytes).AsByte();
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);
    public static Vector512<byte> LowNibbles(Vector512<byte> value) => value & Vector512.Create((byte)15);
    public static Vector512<byte> HighNibbles(Vector512<byte> value) => (value.AsUInt16() >>> 4).AsByte() & Vector512.Create((byte)15);
    public static Vector512<short> MultiplyAddAdjacent(Vector512<byte> unsignedBytes, Vector512<byte> signedBytes) =>
        Avx512BW.MultiplyAddAdjacent(unsignedBytes, signedBytes.AsSByte());
    public static Vector512<short> Add(Vector512<short> a, Vector512<short> b) => a + b;
    public static Vector512<int> Add(Vector512<int> a, Vector512<int> b) => a + b;
    public static Vector512<int> WidenLower(Vector512<short> value) => Vector512.WidenLower(value);
    public static Vector512<int> WidenUpper(Vector512<short> value) => Vector512.WidenUpper(value);
    public static Vector512<float> ToFloats(Vector512<int> value) => Vector512.ConvertToSingle(value);
    public static Vector512<float> Load(float* source) => Vector512.Load(source);
    public static void Store(Vector512<float> value, float* destination) => value.Store(destination);
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> addend) =>
        Vector512.FusedMultiplyAdd(a, b, addend);
    public static uint AtLeast(Vector512<float> a, Vector512<float> b) =>
        (uint)Vector512.GreaterThanOrEqual(a, b).ExtractMostSignificantBits();
}
