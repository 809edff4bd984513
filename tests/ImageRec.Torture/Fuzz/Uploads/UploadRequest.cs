using System.Text;

namespace ImageRec.Torture.Fuzz.Uploads;

/// <summary>A request as an input: a line with method, path and query, a line with the content type, then the body.</summary>
internal sealed record UploadRequest(string Method, string Path, string Query, string ContentType, byte[] Body)
{
    private const string Boundary = "line-between-parts";
    private static readonly string[] s_queries = ["", "?count=3", "?count=-1", "?count=99999999999", "?color=red&color=blue", "?price=10..",
        "?price=..", "?diversity=NaN", "?minScore=2", "?page=0&size=0", "?%00=%ff", "?category=%E4"];
    private static readonly string[] s_types =
        ["image/jpeg", "application/octet-stream", "", "text/html", $"multipart/form-data; boundary={Boundary}", "multipart/form-data",
            "multipart/form-data; boundary=\"\"", "image/", "application/json", "application/json; charset=utf-7"];
    private static readonly (string Method, string Path)[] s_pictures =
        [("POST", "/visual/recommendations"), ("POST", "/visual/recommendations"), ("POST", "/visual/classifications"),
            ("PUT", "/visual/items/put%20one"), ("PUT", "/visual/items/p3")];
    private static readonly (string Method, string Path)[] s_others =
        [("POST", "/visual/recommendations/like"), ("GET", "/visual/recommendations/p1"), ("GET", "/visual/items"),
            ("GET", "/visual/items/p2"), ("GET", "/visual/facets"), ("GET", "/visual/clusters"),
            ("GET", "/visual/clusters/0"), ("GET", "/visual/thumbnails/64/p1"), ("GET", "/visual/thumbnails/-1/p1"),
            ("DELETE", "/visual/items/p3"), ("GET", "/visual/status"), ("GET", "/visual/items/..%2F..%2Fetc")];

    /// <summary>A request of one kind or another round a picture.</summary>
    public static UploadRequest Random(Random random, byte[] picture)
    {
        var query = s_queries[random.Next(s_queries.Length)];
        if (random.Next(5) == 0)
        {
            var (method, path) = s_others[random.Next(s_others.Length)];
            var liked = Encoding.UTF8.GetBytes("""{"liked":["p1","p2"],"disliked":["p4"]}""");
            return new UploadRequest(method, path, query, method == "POST" ? "application/json" : "", method == "POST"
                ? Mutator.Mutate(random, liked, [liked, picture])
                : []);
        }
        var (verb, place) = s_pictures[random.Next(s_pictures.Length)];
        var type = random.Next(3) > 0 || verb == "PUT" ? s_types[4] : s_types[random.Next(s_types.Length)];
        if (!type.StartsWith("multipart", StringComparison.Ordinal))
            return new UploadRequest(verb, place, query, type, picture);
        var form = Form(picture);
        return new UploadRequest(verb, place, query, random.Next(8) == 0 ? s_types[random.Next(s_types.Length)] : type, random.Next(3) == 0
            ? form
            : Mutator.Mutate(random, form, [Form(picture)]));
    }

    public byte[] ToBytes() => [.. Encoding.Latin1.GetBytes($"{Method} {Path} {Query}\n{ContentType}\n"), .. Body];

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static UploadRequest Parse(byte[] bytes)
    {
        var first = Array.IndexOf(bytes, (byte)'\n');
        var second = Array.IndexOf(bytes, (byte)'\n', first + 1);
        var words = Encoding.Latin1.GetString(bytes, 0, first).Split(' ');
        return new UploadRequest(words[0], words[1], words[2], Encoding.Latin1.GetString(bytes, first + 1, second - first - 1),
            bytes[(second + 1)..]);
    }

    private static byte[] Form(byte[] picture) =>
    [
        .. Encoding.UTF8.GetBytes(
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"item\"\r\n\r\n{{\"id\":\"put one\",\"color\":\"red\",\"price\":2.5}}\r\n"),
        .. Encoding.UTF8.GetBytes(
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"),
        .. picture,
        .. Encoding.UTF8.GetBytes($"\r\n--{Boundary}--\r\n"),
    ];
}
