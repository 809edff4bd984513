namespace ImageRec.AspNetCore.OpenApi;

/// <summary>
/// Metadata: a query parameter that an endpoint reads by itself, for the OpenAPI document and for the check of queries.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="type">JSON schema type.</param>
/// <param name="description">A sentence.</param>
/// <param name="example">As it stands in an address.</param>
internal sealed class QueryParameter(string name, string type, string description, string example)
{
    public string Name => name;

    public string Type => type;

    public string Description => description;

    public string Example => example;

    /// <summary>Whether it may be given several times.</summary>
    public bool Repeats { get; init; }
}
