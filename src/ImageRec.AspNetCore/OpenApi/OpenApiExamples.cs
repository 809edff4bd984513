namespace ImageRec.AspNetCore;

/// <summary>Examples of the OpenAPI document, as JSON.</summary>
internal static class OpenApiExamples
{
    public const string Taste = """{ "liked": ["dress-003", "dress-011"], "disliked": ["dress-007"] }""";

    private const string Product = """
        {
          "id": "dress-003", "name": "Floral teal dress", "category": "Dress",
          "attributes": { "brand": "Nordlys", "price": 79.95, "inStock": true },
          "thumbnail": "/visual/thumbnails/320/dress-003", "picture": "/visual/thumbnails/640/dress-003"
        }
        """;

    private const string Status = """
        { "state": "updating", "canRecommend": true, "done": 120, "total": 240, "indexed": 240, "unreadable": 1, "perSecond": 61.5, "remainingSeconds": 2, "message": null }
        """;

    private const string Recommendations = $$"""
        { "recommendations": [ { "product": {{Product}}, "score": 0.914, "isSamePicture": false } ], "milliseconds": 31.4 }
        """;

    private const string Page = $$"""{ "products": [ {{Product}} ], "page": 1, "pageSize": 24, "total": 240, "pages": 10 }""";

    /// <param name="operation">Its name; a later mapping's ends in a number.</param>
    public static string? Answer(string? operation) => operation?.TrimEnd([.. "0123456789"]).TrimEnd('.') switch
    {
        "ImageRec.RecommendByPicture" or "ImageRec.RecommendByProduct" or "ImageRec.RecommendByTaste" => Recommendations,
        "ImageRec.Items" or "ImageRec.Cluster" => Page,
        "ImageRec.Item" => Product,
        "ImageRec.Upsert" => $$"""{ "product": {{Product}}, "indexed": 241 }""",
        "ImageRec.Clusters" => $$"""[ { "index": 7, "size": 19, "medoid": {{Product}}, "samples": [ {{Product}} ], "categories": [ { "value": "Dress", "count": 18 } ] } ]""",
        "ImageRec.Facets" => """
            { "categories": [ { "value": "Dress", "count": 20 } ],
              "attributes": [ { "name": "brand", "values": [ { "value": "Nordlys", "count": 31 } ], "least": null, "greatest": null },
                              { "name": "price", "values": [], "least": 7.95, "greatest": 788.95 } ] }
            """,
        "ImageRec.Classify" => """[ { "category": "Dress", "confidence": 0.93 }, { "category": "Shirt", "confidence": 0.04 } ]""",
        "ImageRec.Status" => Status,
        _ => null,
    };

    public static string? Problem(string status)
    {
        (string Type, string Title, string Detail)? problem = status switch
        {
            "400" => ("bad-parameter", "A parameter cannot be used", "count=0 was given; count takes a whole number from 1 to 100."),
            "403" => ("managing-is-off", "Changes are switched off", "This app lets nobody change its catalogue over HTTP. Its developer can allow it by setting ManagePolicy."),
            "404" => ("no-such-product", "No such product", "There is no product 'dress-999' in this catalogue."),
            "408" => ("upload-too-slow", "The upload took too long", "The picture did not arrive within 30 seconds. Try again, with a smaller picture on a slow line."),
            "409" => ("not-indexed", "This product is not indexed", "'dress-003' is listed, but it is not in the index: it is still waiting for its turn, or its picture cannot be read."),
            "413" => ("upload-too-large", "The picture is too large", "Pictures may have at most 10 MB. Send a smaller one, such as the same picture at half its width."),
            "415" => ("not-a-picture", "This is not a picture", "The file is a PDF document; JPEG, PNG, WebP, GIF and BMP pictures are read."),
            "422" => ("damaged-picture", "The picture cannot be read", "The picture ends before its last line: the JPEG file is cut off."),
            "429" => ("too-many-uploads", "Too many uploads", "You have sent many pictures in a short time. Wait a moment and try again."),
            "503" => ("not-ready", "Recommendations are being prepared", "The first index is being made: 96 of 240 products are done (building). Try again in a moment."),
            _ => null,
        };
        return problem is { } p ? $$"""{ "type": "urn:imagerec:{{p.Type}}", "title": "{{p.Title}}", "status": {{status}}, "detail": "{{p.Detail}}" }""" : null;
    }
}
