namespace ImageRec.AspNetCore;

/// <summary>
/// A body an endpoint reads by itself, for the OpenAPI document. Not declared with Accepts: routing would refuse other content types before the endpoint
/// can say what it expects.
/// </summary>
/// <param name="ContentTypes">What it may be sent as.</param>
/// <param name="Description">A sentence.</param>
internal sealed record RequestBody(string[] ContentTypes, string Description)
{
    public static readonly RequestBody Picture = new(
        ["multipart/form-data", "image/*", "application/octet-stream"], "The bytes of a JPEG, PNG, WebP, GIF or BMP picture, or a form with it as a file.");

    public static readonly RequestBody Product = new(["multipart/form-data"], "A form with the product as JSON in the field 'item' and its picture as a file.");

    public static readonly RequestBody Taste = new(["application/json"], "Ids of liked and disliked products.");
}
