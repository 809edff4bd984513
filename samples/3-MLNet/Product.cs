using Microsoft.ML.Data;

namespace MLNetBothWays;

/// <summary>A row of the sample's data.</summary>
internal sealed class Product
{
    public string Sku { get; set; } = "";

    public string Category { get; set; } = "";

    [VectorType]
    public byte[] Picture { get; set; } = [];
}
