namespace ImageRec.AspNetCore.OpenApi;

/// <summary>Descriptions of the responses of the OpenAPI document.</summary>
internal static class StatusTexts
{
    /// <param name="status">The status, such as 404.</param>
    public static string Of(string status) => status switch
    {
        "200" => "The answer.",
        "202" => "Accepted; the status when it was.",
        "204" => "Done.",
        "304" => "The picture has not changed.",
        "400" => "A parameter or the body cannot be used (bad-parameter, bad-body, no-picture).",
        "401" => "Sign in first (not-allowed).",
        "403" => "The app does not allow changes over HTTP, or not to this user (managing-is-off, not-allowed).",
        "404" => "There is no such product, cluster or address (no-such-product, no-such-cluster, no-such-address).",
        "408" => "The body did not arrive in time (upload-too-slow).",
        "409" => "The product is listed but not indexed (not-indexed).",
        "413" => "The body has too many bytes or pixels (upload-too-large, too-many-pixels, body-too-large).",
        "415" => "The body has another content type than expected, or is not a picture (wrong-content-type, not-a-picture).",
        "422" => "The picture cannot be decoded (damaged-picture).",
        "429" => "The client's address has sent too many pictures (too-many-uploads).",
        "500" => "The app's store or the index failed; the detail says what has changed (store-failed, index-failed).",
        "501" => "The catalog's engine does not offer this (no-classifier, no-clusters, not-listed).",
        "503" => "Not now; Retry-After says when to try again (not-ready, index-busy, busy).",
        _ => "Another response.",
    };
}
