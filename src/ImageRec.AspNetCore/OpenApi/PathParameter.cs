namespace ImageRec.AspNetCore.OpenApi;

/// <summary>Metadata: a parameter in the path of an endpoint, for the OpenAPI document.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">JSON schema type.</param>
/// <param name="description">A sentence.</param>
/// <param name="example">As it stands in an address.</param>
internal sealed class PathParameter(string name, string type, string description, string example)
{
    public static readonly PathParameter Id = new("id", "string", "Id of the product; it may contain slashes.", "dress-003");

    public string Name => name;

    public string Type => type;

    public string Description => description;

    public string Example => example;
}
