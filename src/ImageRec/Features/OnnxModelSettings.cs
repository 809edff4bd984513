using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageRec.Features;

/// <summary>
/// Holds the settings of an <see cref="OnnxModel"/> as a catalog file keeps them: names, order and defaults are those of every version so
/// far.
/// </summary>
internal sealed class OnnxModelSettings
{
    public string Name { get; set; } = "onnx";
    public string? Input { get; set; }
    public string? Output { get; set; }
    public int Width { get; set; } = 224;
    public int Height { get; set; } = 224;
    public ChannelOrder Channels { get; set; }
    public TensorLayout Layout { get; set; }
    public float PixelRange { get; set; } = 255;
    public RgbValues Mean { get; set; }
    public RgbValues Std { get; set; } = RgbValues.All(1);
    public ImageFit Fit { get; set; }
    public RowPooling Pooling { get; set; }

    /// <summary>Null for white, so that settings without it are those of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RgbValues? Background { get; set; }

    /// <summary>Null for false, so that settings without it are those of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? TrimMargins { get; set; }

    /// <summary>Writes the settings.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, OnnxModelJson.Default.OnnxModelSettings);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> writes.</exception>
    public static OnnxModelSettings FromJson(string json)
    {
        var settings = JsonSerializer.Deserialize(json, OnnxModelJson.Default.OnnxModelSettings);
        return settings?.Name is null ? throw new JsonException("The settings of the network are null.") : settings;
    }
}
