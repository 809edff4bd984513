using System.Text.Json.Nodes;
using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Problems;

namespace ImageRec.AspNetCore.OpenApi;

/// <summary>Examples of the OpenAPI document, as JSON.</summary>
internal static class OpenApiExamples
{
    public const string Taste = """{ "liked": ["dress-003", "dress-011"], "disliked": ["dress-007"] }""";

    public const string Product = """
        {
          "id": "dress-003", "name": "Floral teal dress", "category": "Dress",
          "attributes": { "brand": "Nordlys", "price": 79.95, "inStock": true },
          "thumbnail": "/visual/thumbnails/320/dress-003", "picture": "/visual/thumbnails/640/dress-003"
        }
        """;

    public const string Status = """
        {
          "catalog": "default", "state": "updating", "canRecommend": true, "done": 120, "total": 240, "indexed": 240, "unreadable": 1,
          "perSecond": 61.5, "remainingSeconds": 2, "message": null
        }
        """;

    public const string Recommendations = $$"""
        {
          "recommendations": [ { "product": {{Product}}, "score": 0.914, "isSamePicture": false, "rules": ["new in"] } ],
          "milliseconds": 31.4
        }
        """;

    public const string Page = $$"""{ "products": [ {{Product}} ], "page": 1, "pageSize": 24, "total": 240, "pages": 10 }""";

    public const string Upserted = $$"""{ "product": {{Product}}, "indexed": 241 }""";

    public const string Clusters = $$"""
        [
          {
            "index": 7, "size": 19, "medoid": {{Product}}, "samples": [ {{Product}} ],
            "categories": [ { "value": "Dress", "count": 18 } ]
          }
        ]
        """;

    public const string Facets = """
        {
          "categories": [ { "value": "Dress", "count": 20 } ],
          "attributes": [
            { "name": "brand", "values": [ { "value": "Nordlys", "count": 31 } ], "least": null, "greatest": null },
            { "name": "price", "values": [], "least": 7.95, "greatest": 788.95 }
          ]
        }
        """;

    public const string Classifications =
        """[ { "category": "Dress", "confidence": 0.93 }, { "category": "Shirt", "confidence": 0.04 } ]""";

    private static readonly UploadLimits s_limits = new();

    /// <param name="status">The status, such as 404.</param>
    public static JsonNode? Problem(string status)
    {
        var problem = status switch
        {
            "400" => Problems.Problem.BadQuery("count", "0", "a whole number from 1 to 100"),
            "401" => Problems.Problem.NotAllowed(knownUser: false),
            "403" => Problems.Problem.ManagingIsOff(),
            "404" => Problems.Problem.NoSuchProduct("dress-999"),
            "408" => Problems.Problem.TooSlow(s_limits.ReadTimeout),
            "409" => Problems.Problem.NotIndexed("dress-003"),
            "413" => Problems.Problem.TooLarge(s_limits.MaxBytes),
            "415" => Problems.Problem.NotAPicture("The file is a PDF document; JPEG, PNG, WebP, GIF and BMP pictures are read."),
            "422" => Problems.Problem.DamagedPicture("The picture ends before its last line: the JPEG file is cut off."),
            "429" => Problems.Problem.TooMany(null),
            "500" => Problems.Problem.StoreFailed("dress-003", "stored"),
            "501" => Problems.Problem.NoClassifier(),
            "503" => Problems.Problem.NotReady(new() { State = IndexingState.Building, Done = 96, Total = 240 }),
            _ => null,
        };
        return problem?.ToJson();
    }
}
