using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ImageRec.AspNetCore.OpenApi;

/// <summary>
/// The OpenAPI document of all endpoints of the app's catalogs: parameters and bodies that endpoints read by themselves, and examples.
/// </summary>
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
                Description = "Visually similar products. Errors are problem details (RFC 9457) with a sentence that helps. "
                    + "Scores are cosine similarities, -1 to 1.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Complete(operation, context.Description.ActionDescriptor.EndpointMetadata);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            SchemaDescriptions.Complete(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    }

    private static void Complete(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (metadata.OfType<PathParameter>().FirstOrDefault(p => p.Name == parameter.Name) is not { } path)
                continue;
            (parameter.Description, parameter.Required) = (path.Description, true);
            (parameter.Schema, parameter.Example) = (Schema(path.Type), Example(path.Type, path.Example));
        }
        foreach (var query in metadata.OfType<QueryParameter>())
            (operation.Parameters ??= []).Add(Describe(query));
        foreach (var name in metadata.OfType<AttributeFilters>().SelectMany(filters => filters.Names))
            (operation.Parameters ??= []).Add(Describe(EndpointDescriptions.Attribute(name)));
        foreach (var body in metadata.OfType<RequestBody>())
            operation.RequestBody = Describe(body);
        var answer = metadata.OfType<AnswerExample>().LastOrDefault()?.Json;
        foreach (var (status, response) in operation.Responses ?? [])
        {
            response.Description = StatusTexts.Of(status);
            foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (type == "application/problem+json")
                    media.Example = OpenApiExamples.Problem(status);
                else if (answer is not null && status[0] == '2')
                    media.Example = JsonNode.Parse(answer);
            }
        }
    }

    private static OpenApiParameter Describe(QueryParameter parameter)
    {
        var (schema, example) = (Schema(parameter.Type), Example(parameter.Type, parameter.Example));
        return new()
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description,
            Schema = parameter.Repeats ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema,
            Example = parameter.Repeats ? new JsonArray(example) : example,
        };
    }

    private static OpenApiSchema Schema(string type) => new()
    {
        Type = type switch { "integer" => JsonSchemaType.Integer, "number" => JsonSchemaType.Number, _ => JsonSchemaType.String },
    };

    private static JsonNode? Example(string type, string example) => type is "string" ? JsonValue.Create(example) : JsonNode.Parse(example);

    private static OpenApiRequestBody Describe(RequestBody body) => new()
    {
        Required = true,
        Description = body.Description,
        Content = body.ContentTypes.ToDictionary(type => type, type => new OpenApiMediaType
        {
            Schema = Schema(type, body),
            Example = body == RequestBody.Taste ? JsonNode.Parse(OpenApiExamples.Taste) : null,
        }),
    };

    private static OpenApiSchema Schema(string contentType, RequestBody body)
    {
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The picture." };
        var item = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The product as JSON; its id is that of the address." };
        return contentType switch
        {
            "application/json" => Object(("liked", Ids("Products to be similar to.")), ("disliked", Ids("Products to be different from."))),
            "multipart/form-data" when body == RequestBody.Product => Object(("item", item), ("picture", file)),
            "multipart/form-data" => Object(("picture", file)),
            _ => file,
        };
    }

    private static OpenApiSchema Ids(string description) =>
        new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String }, Description = description };

    private static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] properties) =>
        new() { Type = JsonSchemaType.Object, Properties = properties.ToDictionary(p => p.Name, p => p.Schema) };
}
