using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageRec.Vectors;

/// <summary>Works on sixteen bytes at a time.</summary>
internal readonly unsafe struct Nibble128 : INibbleLanes<Vector128<byte>, Vector128<short>, Vector128<int>, Vector128<float>>
{
    public static int Bytes => Vector128<byte>.Count;
    public static Vector128<short> Zero => Vector128<short>.Zero;
    public static Vector128<int> ZeroInts => Vector128<int>.Zero;
    public static Vector128<byte> Load(byte* source) => Vector128.Load(source);
    public static Vector128<byte> Broadcast(int fourBytes) => Vector128.Create(fourBytes).AsByte();
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);
    public static Vector128<byte> LowNibbles(Vector128<byte> value) => value & Vector128.Create((byte)15);
    public static Vector128<byte> HighNibbles(Vector128<byte> value) => (value.AsUInt16() >>> 4).AsByte() & Vector128.Create((byte)15);
    public static Vector128<short> MultiplyAddAdjacent(Vector128<byte> unsignedBytes, Vector128<byte> signedBytes) =>
        Ssse3.MultiplyAddAdjacent(unsignedBytes, signedBytes.AsSByte());
    public static Vector128<short> Add(Vector128<short> a, Vector128<short> b) => a + b;
    public static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => a + b;
    public static Vector128<int> WidenLower(Vector128<short> value) => Vector128.WidenLower(value);
    public static Vector128<int> WidenUpper(Vector128<short> value) => Vector128.WidenUpper(value);
    public static Vector128<float> ToFloats(Vector128<int> value) => Vector128.ConvertToSingle(value);
    public static Vector128<float> Load(float* source) => Vector128.Load(source);
    public static void Store(Vector128<float> value, float* destination) => value.Store(destination);
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> addend) =>
        Vector128.FusedMultiplyAdd(a, b, addend);
    public static uint AtLeast(Vector128<float> a, Vector128<float> b) =>
        (uint)Vector128.GreaterThanOrEqual(a, b).ExtractMostSignificantBits();
}
