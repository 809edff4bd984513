using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ImageRec.AspNetCore;

/// <summary>The endpoints' own OpenAPI document: parameters the endpoints read by themselves, and examples.</summary>
internal static class OpenApiDocument
{
    public const string Name = "imagerec";

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.GroupName == Name && !HttpMethods.IsHead(description.HttpMethod ?? "");
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Visual recommendations",
                Version = "1",
                Description = "Products that look alike. Errors are problem details (RFC 9457) with a sentence that helps. Scores are cosine similarities, -1 to 1.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var parameter in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>())
                (operation.Parameters ??= []).Add(Describe(parameter));
            foreach (var body in context.Description.ActionDescriptor.EndpointMetadata.OfType<RequestBody>())
                operation.RequestBody = Describe(body);
            AddExamples(operation);
            return Task.CompletedTask;
        });
    }

    private static OpenApiParameter Describe(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = new OpenApiSchema { Type = parameter.Type switch { "integer" => JsonSchemaType.Integer, "number" => JsonSchemaType.Number, _ => JsonSchemaType.String } },
        Example = parameter.Type is "string" ? JsonValue.Create(parameter.Example) : JsonNode.Parse(parameter.Example),
    };

    private static OpenApiRequestBody Describe(RequestBody body) => new()
    {
        Required = true,
        Description = body.Description,
        Content = body.ContentTypes.ToDictionary(type => type, type => new OpenApiMediaType { Schema = Schema(type, body), Example = Example(body) }),
    };

    private static OpenApiSchema Schema(string type, RequestBody body)
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        var ids = new OpenApiSchema { Type = JsonSchemaType.Array, Items = text };
        return type switch
        {
            "application/json" => Object(("liked", ids), ("disliked", ids)),
            "multipart/form-data" when body == RequestBody.Product => Object(("item", text), ("picture", file)),
            "multipart/form-data" => Object(("picture", file)),
            _ => file,
        };
    }

    private static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] properties) =>
        new() { Type = JsonSchemaType.Object, Properties = properties.ToDictionary(p => p.Name, p => p.Schema) };

    private static JsonNode? Example(RequestBody body) => body == RequestBody.Taste ? JsonNode.Parse(OpenApiExamples.Taste) : null;

    private static void AddExamples(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                var example = type == "application/problem+json" ? OpenApiExamples.Problem(status) : status == "200" ? OpenApiExamples.Answer(operation.OperationId) : null;
                if (example is not null)
                    media.Example = JsonNode.Parse(example);
            }
        }
    }
}
