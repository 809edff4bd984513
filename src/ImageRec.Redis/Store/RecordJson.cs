using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ImageRec.Sharing.Answering;
using ImageRec.Sharing.Stores;

namespace ImageRec.Redis.Store;

/// <summary>
/// Writes all of a record but its row as the attributes of one element, so that one command writes the record as a whole: declared
/// attributes by their names, the library's own fields by names that begin with an underscore, the item last.
/// </summary>
internal static class RecordJson
{
    private const string Picture = "_picture";
    private const string Category = "_category";
    private const string Row = "_row";
    private const string Item = "_item";

    /// <summary>Escapes as little as JSON allows: filters compare text as it is written.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static string Write(SharedRecord record)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Encoder }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in record.Attributes)
            {
                writer.WritePropertyName(name);
                if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                    writer.WriteNumberValue(value.GetBoolean() ? 1 : 0);
                else
                    value.WriteTo(writer);
            }
            writer.WriteString(Picture, record.Picture.ToString("x32", CultureInfo.InvariantCulture));
            if (record.Category is not null)
                writer.WriteString(Category, record.Category);
            writer.WriteNumber(Row, RecordsWithRows.ChecksumOf(record.Row.Span));
            writer.WritePropertyName(Item);
            writer.WriteRawValue(record.Json, skipInputValidation: true);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <returns>The record without its attributes and its row.</returns>
    /// <exception cref="InvalidDataException">It was not written by <see cref="Write"/>.</exception>
    public static SharedRecord Read(string id, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        UInt128? picture = null;
        uint? row = null;
        string? category = null, item = null;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                if (name == Picture)
                {
                    picture = UInt128.Parse(reader.GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                }
                else if (name == Category)
                {
                    category = reader.GetString();
                }
                else if (name == Row)
                {
                    row = reader.GetUInt32();
                }
                else if (name == Item)
                {
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    item = Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException(e.Message, e);
        }
        return picture is { } hash && item is not null
            ? new SharedRecord { Id = id, Category = category, Picture = hash, Json = item, RowChecksum = row }
            : throw new InvalidDataException("it has no item or no hash of its picture");
    }
}
