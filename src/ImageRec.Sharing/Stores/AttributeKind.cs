using System.Text.Json.Serialization;

namespace ImageRec.Sharing.Stores;

/// <summary>Says how the values of a declared attribute are written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttributeKind>))]
internal enum AttributeKind
{
    Text,
    Number,
    Truth,
}
