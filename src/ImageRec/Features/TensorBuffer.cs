using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ImageRec.Features;

/// <summary>Holds memory that a network reads or writes, in the network's element type; the library's own is Single.</summary>
internal sealed class TensorBuffer
{
    /// <summary>The element types that networks may take.</summary>
    public const string InputTypes = "Float, Double, Float16 or UInt8";

    /// <summary>The element types that networks may return.</summary>
    public const string OutputTypes = "Float, Double or Float16";

    private readonly TensorElementType _type;
    private readonly int _size;
    private readonly byte[] _bytes;

    /// <summary>Takes memory.</summary>
    /// <param name="type">One of <see cref="SizeOf"/>.</param>
    /// <param name="length">Elements; with their size at most 2 GB.</param>
    public TensorBuffer(TensorElementType type, int length)
    {
        (_type, _size) = (type, SizeOf(type));
        // ONNX Runtime keeps the address.
        _bytes = GC.AllocateArray<byte>(checked(length * _size), pinned: true);
    }

    /// <summary>Whether the elements are Single, so that <see cref="Singles"/> shows them.</summary>
    public bool IsSingle => _type == TensorElementType.Float;

    /// <summary>The elements themselves, of Single only.</summary>
    public Span<float> Singles => MemoryMarshal.Cast<byte, float>(_bytes.AsSpan());

    /// <summary>Returns the bytes per element; 0 for types that are not supported.</summary>
    public static int SizeOf(TensorElementType type) => type switch
    {
        TensorElementType.Float => sizeof(float),
        TensorElementType.Double => sizeof(double),
        TensorElementType.Float16 => sizeof(ushort),
        TensorElementType.UInt8 => sizeof(byte),
        _ => 0,
    };

    /// <summary>Makes a tensor over a part of the memory, to be disposed before the memory is freed.</summary>
    public OrtValue Tensor(int first, int length, long[] shape) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, _type, shape, Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, first * _size), (long)length * _size);

    /// <summary>Writes zeros.</summary>
    public void Clear(int first, int length) => _bytes.AsSpan(first * _size, length * _size).Clear();

    /// <summary>Writes values in the element type; for UInt8 the nearest of 0 to 255.</summary>
    public void Write(int first, ReadOnlySpan<float> values)
    {
        var bytes = _bytes.AsSpan(first * _size, values.Length * _size);
        switch (_type)
        {
            case TensorElementType.Float:
                values.CopyTo(MemoryMarshal.Cast<byte, float>(bytes));
                break;
            case TensorElementType.Double:
                TensorPrimitives.ConvertTruncating(values, MemoryMarshal.Cast<byte, double>(bytes));
                break;
            case TensorElementType.Float16:
                TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(bytes));
                break;
            default:
                for (var i = 0; i < values.Length; i++)
                    bytes[i] = (byte)Math.Clamp(MathF.Round(values[i]), 0, 255);
                break;
        }
    }

    /// <summary>Reads values from the element type.</summary>
    public void Read(int first, Span<float> values)
    {
        var bytes = _bytes.AsSpan(first * _size, values.Length * _size);
        switch (_type)
        {
            case TensorElementType.Float:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
                break;
            case TensorElementType.Double:
                TensorPrimitives.ConvertTruncating<double, float>(MemoryMarshal.Cast<byte, double>(bytes), values);
                break;
            case TensorElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            default:
                TensorPrimitives.ConvertTruncating<byte, float>(bytes, values);
                break;
        }
    }
}
