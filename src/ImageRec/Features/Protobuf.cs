using System.Text;

namespace ImageRec.Features;

/// <summary>The few pieces of protobuf that ONNX files need.</summary>
internal static class Protobuf
{
    /// <summary>The text of the first field with this number, or empty.</summary>
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

    /// <summary>The first number of a field, packed or not; null when there is none.</summary>
    public static int? FirstNumber(ReadOnlySpan<byte> message, int field)
    {
        var fields = new ProtobufReader(message);
        while (fields.Read())
        {
            if (fields.Field != field)
                continue;
            if (!fields.HasContent)
                return (int)fields.Number;
            // A packed list holds bare numbers; with a tag in front the first one reads as a field.
            var packed = new ProtobufReader([0x08, .. fields.Content]);
            return packed.Read() ? (int)packed.Number : null;
        }
        return null;
    }

    /// <summary>A text field, tag included.</summary>
    public static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    /// <summary>A bytes or message field, tag included.</summary>
    public static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        using var field = new MemoryStream(content.Length + 10);
        WriteVarint(field, (ulong)(number << 3 | 2));
        WriteVarint(field, (ulong)content.Length);
        field.Write(content);
        return field.ToArray();
    }

    /// <summary>A whole-number field, tag included.</summary>
    public static byte[] Field(int number, long value)
    {
        using var field = new MemoryStream(20);
        WriteVarint(field, (ulong)(number << 3));
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
