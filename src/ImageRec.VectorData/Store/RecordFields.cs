using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ImageRec.Sharing.Stores;
using Microsoft.Extensions.VectorData;

namespace ImageRec.VectorData.Store;

/// <summary>
/// Writes records as a vector store keeps them: declared attributes by their names, the library's own fields by names that begin with
/// <c>imagerec_</c>.
/// </summary>
/// <param name="keyType"><see cref="string"/> or <see cref="Guid"/>.</param>
/// <param name="distanceFunction">As the provider takes it.</param>
/// <param name="indexKind">Null for the provider's own.</param>
internal sealed class RecordFields(Type keyType, string distanceFunction, string? indexKind)
{
    public const string Key = "imagerec_key";
    public const string Row = "imagerec_row";
    public const string Id = "imagerec_id";
    public const string Picture = "imagerec_picture";
    public const string Position = "imagerec_position";
    public const string Text = "imagerec_text";
    private const string Category = "imagerec_category";
    private const string Item = "imagerec_item";

    // JSON holds whole numbers up to 2^53.
    private const int PositionBits = 52;

    /// <summary>Returns the fields of the items.</summary>
    public VectorStoreCollectionDefinition OfItems(CatalogManifest manifest) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(Key, keyType),
            new VectorStoreDataProperty(Id, typeof(string)),
            new VectorStoreDataProperty(Picture, typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(Position, typeof(long)) { IsIndexed = true },
            new VectorStoreDataProperty(Category, typeof(string)),
            new VectorStoreDataProperty(Item, typeof(string)),
            .. manifest.Attributes.Select(name => new VectorStoreDataProperty(name, TypeOf(manifest, name)) { IsIndexed = true }),
            Vector(manifest.Dimensions),
        ],
    };

    /// <summary>Returns the fields of what a catalog is besides its items.</summary>
    public VectorStoreCollectionDefinition OfNotes() => new()
    {
        // Most providers insist on a vector, and some on more than one dimension.
        Properties = [new VectorStoreKeyProperty(Key, keyType), new VectorStoreDataProperty(Text, typeof(string)), Vector(2)],
    };

    /// <summary>Returns a key that every store takes, whatever is in the name: half of its SHA-256.</summary>
    public object KeyOf(string name)
    {
        var half = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        return keyType == typeof(Guid) ? new Guid(half, bigEndian: true) : Convert.ToHexStringLower(half);
    }

    /// <summary>Returns where an item stands among all, 0 to 2^52 - 1: pages are read in this order, which no change shifts.</summary>
    public static long PositionOf(string id)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return (long)(BitConverter.ToUInt64(hash, 16) >> (64 - PositionBits));
    }

    public static string Hex(UInt128 picture) => picture.ToString("x32", CultureInfo.InvariantCulture);

    public Dictionary<string, object?> Note(string name, string text) =>
        new() { [Key] = KeyOf(name), [Text] = text, [Row] = new ReadOnlyMemory<float>([1, 0]) };

    public Dictionary<string, object?> Write(SharedRecord record, CatalogManifest manifest)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [Key] = KeyOf(record.Id),
            [Id] = record.Id,
            [Picture] = Hex(record.Picture),
            [Position] = PositionOf(record.Id),
            [Category] = record.Category,
            [Item] = record.Json,
            [Row] = record.Row,
        };
        foreach (var name in manifest.Attributes)
            fields[name] = record.Attributes.TryGetValue(name, out var value) ? ValueOf(value, TypeOf(manifest, name)) : null;
        return fields;
    }

    /// <returns>The record without its attributes; with its row where that was read.</returns>
    /// <exception cref="InvalidDataException">It was not written by <see cref="Write"/>.</exception>
    public static SharedRecord Read(Dictionary<string, object?> fields)
    {
        if (fields.GetValueOrDefault(Id) is not string id || fields.GetValueOrDefault(Item) is not string json
            || !UInt128.TryParse(
                fields.GetValueOrDefault(Picture) as string, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var picture))
            throw new InvalidDataException($"a record has no '{Id}', no '{Item}' or no '{Picture}'");
        return new SharedRecord
        {
            Id = id, Category = fields.GetValueOrDefault(Category) as string, Picture = picture, Json = json, Row = RowOf(fields),
        };
    }

    private static ReadOnlyMemory<float> RowOf(Dictionary<string, object?> fields) => fields.GetValueOrDefault(Row) switch
    {
        ReadOnlyMemory<float> row => row,
        float[] row => row,
        _ => default,
    };

    private VectorStoreVectorProperty Vector(int dimensions) => new(Row, typeof(ReadOnlyMemory<float>), dimensions)
    {
        DistanceFunction = distanceFunction,
        IndexKind = indexKind,
    };

    private static Type TypeOf(CatalogManifest manifest, string attribute) => manifest.Kinds?.GetValueOrDefault(attribute) switch
    {
        AttributeKind.Number => typeof(double?),
        AttributeKind.Truth => typeof(bool?),
        _ => typeof(string),
    };

    private static object? ValueOf(JsonElement value, Type type) => value.ValueKind switch
    {
        JsonValueKind.Number when type == typeof(double?) => value.GetDouble(),
        JsonValueKind.True or JsonValueKind.False when type == typeof(bool?) => value.GetBoolean(),
        JsonValueKind.String when type == typeof(string) => value.GetString(),
        _ when type == typeof(string) => value.GetRawText(),
        _ => null,
    };
}
