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

    private static void WriteVarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
