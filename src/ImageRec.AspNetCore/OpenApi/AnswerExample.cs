namespace ImageRec.AspNetCore.OpenApi;

/// <summary>Metadata: an example of a successful response, for the OpenAPI document.</summary>
/// <param name="json">The example.</param>
internal sealed class AnswerExample(string json)
{
    public string Json => json;
}
