using static System.FormattableString;

namespace ImageRec.AspNetCore.Problems;

/// <content>Problems of a request: its address, its parameters and its body.</content>
internal sealed partial class Problem
{
    private const string BadParameter = "bad-parameter";
    private const string BadParameterTitle = "A parameter cannot be used";

    public static Problem NoSuchAddress(string path, string hint) =>
        new(404, "no-such-address", "No such address", $"There is no '{Short(path)}' here.{hint}");

    public static Problem MethodNotAllowed(string method, string path, IEnumerable<string> allowed) =>
        new(405, "method-not-allowed", "This method is not allowed here",
            $"'{Short(path)}' does not take {Short(method)}; it takes {string.Join(", ", allowed)}.");

    public static Problem BadQuery(string name, string value, string expected) =>
        new(400, BadParameter, BadParameterTitle, $"{name}={Short(value)} was given; {name} takes {expected}.");

    public static Problem UnknownParameter(string name, IReadOnlyCollection<string> known) => new(400, BadParameter, BadParameterTitle,
        $"There is no parameter '{Short(name)}'.{KnownNames.Hint(name, known, "This address takes no parameters.")}");

    public static Problem NoId() => new(400, BadParameter, BadParameterTitle, "The address ends where the id of a product was expected.");

    public static Problem GivenTwice(string name, int times) => new(400, BadParameter, BadParameterTitle,
        Invariant($"{name} was given {times} times; give it once."));

    public static Problem BadBody(string detail) => new(400, "bad-body", "The request cannot be read", detail);

    /// <param name="at">0-based index of the first byte that is none.</param>
    /// <param name="value">That byte.</param>
    public static Problem NotUtf8(int at, byte value) =>
        BadBody(Invariant(
            $"The JSON is not UTF-8: byte {at + 1:N0} is 0x{value:X2}, which begins no character. Send it encoded as UTF-8."));

    /// <param name="path">The object; empty for the outermost.</param>
    public static Problem NotText(string path) => BadBody(
        $"A member of {(path.Length == 0 ? "the object" : $"'{Short(path)}'")} has a name that is no text: "
        + "half of a surrogate pair is escaped in it.");

    /// <param name="path">The member, as in "size.widht".</param>
    /// <param name="name">Its last part.</param>
    /// <param name="known">The members there are.</param>
    public static Problem UnknownMember(string path, string name, IReadOnlyCollection<string> known) =>
        BadBody($"There is no member '{Short(path)}'.{KnownNames.Hint(name, known, "This object has no members.")}");

    public static Problem NoPicture(string detail) => new(400, "no-picture", "There is no picture in the request", detail);

    /// <param name="contentType">What the body was declared as; null for nothing.</param>
    /// <param name="expected">A sentence, such as "Send JSON as application/json.".</param>
    public static Problem WrongContentType(string? contentType, string expected) =>
        new(415, "wrong-content-type", "The body has another content type than expected",
            $"{(contentType is null ? "The body has no content type." : $"The body was declared as '{Short(contentType)}'.")} {expected}");

    public static Problem NotAPicture(string detail) => new(415, "not-a-picture", "This is not a picture", detail);

    public static Problem DamagedPicture(string detail) => new(422, "damaged-picture", "The picture cannot be read", detail);

    public static Problem TooLarge(long maxBytes) => new(413, "upload-too-large", "The picture is too large",
        $"Pictures may have at most {Size(maxBytes)}. Send a smaller one, such as the same picture at half its width.");

    public static Problem BodyTooLarge(string what, long maxBytes) => new(413, "body-too-large", "The request is too large",
        $"{what} may have at most {Size(maxBytes)}.");

    public static Problem TooManyPixels(int width, int height, long maxPixels) =>
        new(413, "too-many-pixels", "The picture has too many pixels",
            Invariant($"The picture's header declares {width:N0} x {height:N0} pixels; at most {maxPixels / 1e6:0.#} million are read. ")
            + "Send a smaller one.");

    public static Problem TooSlow(TimeSpan limit) => new(408, "upload-too-slow", "The upload took too long",
        Invariant($"The body did not arrive within {limit.TotalSeconds:0} seconds. Try again, with a smaller picture on a slow line."));

    public static Problem TooMany(TimeSpan? retryAfter) => new(429, "too-many-uploads", "Too many uploads",
        "Your address has sent many pictures in a short time. Wait a moment and try again.", Seconds(retryAfter, 1));

    public static Problem Busy() =>
        new(503, "busy", "The server is busy", "Too many requests are being served right now. Wait a moment and try again.", 2);

    /// <summary>A refusal in the words and with the status of the app's own code.</summary>
    public static Problem Refused(int status, string detail) => status switch
    {
        413 => new(status, "body-too-large", "The request is too large", detail),
        415 => new(status, "wrong-content-type", "The body has another content type than expected", detail),
        > 400 and < 500 => new(status, "refused", "The request was refused", detail),
        _ => BadBody(detail),
    };
}
