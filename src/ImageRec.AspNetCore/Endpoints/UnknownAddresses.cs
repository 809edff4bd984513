using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Answers addresses below the prefix that no endpoint has, and methods that an endpoint does not take.</summary>
/// <param name="group">The endpoints of the catalog.</param>
internal sealed class UnknownAddresses(RouteGroupBuilder group)
{
    private const string Rest = "rest";
    private readonly Lazy<List<Known>> _known = new(() => Read(group));

    public void Map() => group.MapFallback($"{{**{Rest}}}", (Delegate)Refuse).WithMetadata(AnyQuery.Instance).ExcludeFromDescription();

    private IResult Refuse(HttpContext http)
    {
        var path = http.GetRouteValue(Rest)?.ToString() ?? "";
        var matching = _known.Value.Where(known => known.Matches(path));
        var methods = matching.SelectMany(known => known.Methods).Distinct().Order(StringComparer.Ordinal).ToList();
        if (methods.Count == 0 || methods.Contains(http.Request.Method))
            throw Problem.NoSuchAddress(path, Hint(path));
        http.Response.Headers.Allow = string.Join(", ", methods);
        throw Problem.MethodNotAllowed(http.Request.Method, path, methods);
    }

    /// <summary>What there is: below the first segment when it is right, else the segments.</summary>
    private string Hint(string path)
    {
        var first = First(path);
        var templates = _known.Value.Select(known => known.Template.Replace("**", "", StringComparison.Ordinal));
        var addresses = templates.Distinct().Order(StringComparer.Ordinal).ToList();
        var below = addresses.Where(address => First(address).Equals(first, StringComparison.OrdinalIgnoreCase)).ToList();
        return below.Count > 0 ? KnownNames.List(below) : KnownNames.Hint(first, [.. addresses.Select(First).Distinct()]);

        static string First(string address) => address.Split('/')[0];
    }

    private static List<Known> Read(IEndpointRouteBuilder group) =>
    [
        .. group.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => (Endpoint: endpoint, Methods: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()))
            .Where(known => known.Methods is not null)
            .Select(known => new Known(known.Endpoint.RoutePattern.RawText!.TrimStart('/'), known.Methods!.HttpMethods)),
    ];

    private sealed class Known(string template, IReadOnlyList<string> methods)
    {
        private readonly TemplateMatcher _matcher = new(TemplateParser.Parse(template), []);

        public string Template => template;

        public IEnumerable<string> Methods => methods.Contains(HttpMethods.Get) ? [.. methods, HttpMethods.Head] : methods;

        public bool Matches(string path) => _matcher.TryMatch($"/{path}", []);
    }
}
