namespace ImageRec.AspNetCore.OpenApi;

/// <summary>
/// Metadata: a body that an endpoint reads by itself, for the OpenAPI document. It is not declared with Accepts, with which routing would
/// refuse other content types before the endpoint can say what it expects.
/// </summary>
/// <param name="contentTypes">What it may be sent as.</param>
/// <param name="description">A sentence.</param>
internal sealed class RequestBody(string[] contentTypes, string description)
{
    public static readonly RequestBody Picture = new(
        ["multipart/form-data", "image/*", "application/octet-stream"],
        "The bytes of a JPEG, PNG, WebP, GIF or BMP picture, or a form with it as a file.");

    public static readonly RequestBody Product = new(
        ["multipart/form-data"], "A form with the product as JSON in the field 'item' and its picture as a file.");

    public static readonly RequestBody Taste = new(
        ["application/json"], "Ids of 1 to 100 liked and up to 100 disliked products. Other members are an error.");

    public IReadOnlyList<string> ContentTypes => contentTypes;

    public string Description => description;
}
