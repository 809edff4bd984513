using System.Text;

namespace ImageRec.Features;

/// <summary>Reads and writes the few pieces of protobuf that ONNX files need.</summary>
internal static class Protobuf
{
    /// <summary>Returns the text of the first field with this number, or empty.</summary>
    public static string Text(ReadOnlySpan<byte> message, int field)
    {
        var fields = new ProtobufReader(message);
        while (fields.Read())
        {
            if (fields.Field == field && fields.HasContent)
                return fields.Text;
        }
        return "";
    }

    /// <summary>Returns the first number of a field, packed or not; null when there is none or it is no size.</summary>
    public static int? FirstNumber(ReadOnlySpan<byte> message, int field)
    {
        var fields = new ProtobufReader(message);
        while (fields.Read())
        {
            if (fields.Field != field)
                continue;
            var packed = fields.Content;
            if (fields.HasContent && packed.IsEmpty)
                return null;
            var number = fields.HasContent ? ReadNumber(ref packed) : fields.Number;
            return number <= int.MaxValue ? (int)number : null;
        }
        return null;
    }

    /// <summary>Takes the first number off a packed list.</summary>
    /// <exception cref="InvalidDataException">It does not end.</exception>
    public static ulong ReadNumber(ref ReadOnlySpan<byte> packed)
    {
        ulong value = 0;
        for (int i = 0, shift = 0; shift < 64 && i < packed.Length; i++, shift += 7)
        {
            value |= (ulong)(packed[i] & 0x7F) << shift;
            if (packed[i] >= 0x80)
                continue;
            packed = packed[(i + 1)..];
            return value;
        }
        throw new InvalidDataException("A number in a list does not end.");
    }

    /// <summary>Writes a text field, tag included.</summary>
    public static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a bytes or message field, tag included.</summary>
    public static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        using var field = new MemoryStream(content.Length + 10);
        WriteVarint(field, ((ulong)number << 3) | 2);
        WriteVarint(field, (ulong)content.Length);
        field.Write(content);
        return field.ToArray();
    }

    /// <summary>Writes the tag and length of a bytes or message field, which its content follows.</summary>
    public static byte[] FieldStart(int number, long length)
    {
        using var start = new MemoryStream(20);
        WriteVarint(start, ((ulong)number << 3) | 2);
        WriteVarint(start, (ulong)length);
        return start.ToArray();
    }

    /// <summary>Writes a whole-number field, tag included.</summary>
    public static byte[] Field(int number, long value)
    {
        using var field = new MemoryStream(20);
        WriteVarint(field, (ulong)number << 3);
        WriteVarint(field, (ulong)value);
        return field.ToArray();
    }

    private static void WriteVarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
