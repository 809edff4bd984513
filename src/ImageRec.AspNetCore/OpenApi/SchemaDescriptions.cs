using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace ImageRec.AspNetCore.OpenApi;

/// <summary>Describes the schemas of types that are not of this package.</summary>
internal static class SchemaDescriptions
{
    private static readonly Dictionary<string, string> s_problem = new()
    {
        ["type"] = "Name of the problem, as in urn:imagerec:no-such-product.",
        ["title"] = "The problem in a few words, the same at every time.",
        ["status"] = "The HTTP status.",
        ["detail"] = "What is wrong and what to do, as a sentence for people.",
        ["instance"] = "Not used.",
    };

    public static void Complete(OpenApiSchema schema, Type type)
    {
        if (type != typeof(ProblemDetails))
            return;
        schema.Description = "Problem details (RFC 9457).";
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            property.Description ??= s_problem.GetValueOrDefault(name);
    }
}
