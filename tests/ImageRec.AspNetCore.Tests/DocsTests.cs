using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageRec.AspNetCore.Problems;
using ImageRec.Tests.Design;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRec.AspNetCore.Tests;

/// <summary>The curl lines of docs/aspnetcore.md, sent to a shop like the sample.</summary>
public sealed partial class DocsTests
{
    private const string Address = "http://localhost:5080/visual/";

    [Fact]
    public async Task Page_EveryCurlLine_Succeeds()
    {
        await using var shop = await TestShop.StartAsync(
            o =>
            {
                var plain = o.Builder;
                (o.Products, o.Builder, o.ManagePolicy) = (_ => TestShop.Many, () => plain().LearnCategories(), "anyone");
                o.Attribute("brand", p => p.Brand).Rules("default", new());
            }, s => s.AddAuthorization(a => a.AddPolicy("anyone", p => p.RequireAssertion(_ => true))));
        foreach (var line in Lines())
        {
            using var request = Request(line);
            using var response = await shop.Client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            var body = response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, $"{line}\n{(int)response.StatusCode} {body}");
        }
    }

    [Fact]
    public async Task Page_EveryEndpoint_HasACurlLine()
    {
        await using var shop = await TestShop.StartAsync();
        var document = JsonNode.Parse(
            await shop.Client.GetStringAsync("/visual/openapi/imagerec.json", TestContext.Current.CancellationToken))!;
        var written = Lines().Select(line => (Method(line), Path: Url(line)[Address.Length..].Split('?')[0])).ToList();
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            var pattern = new Regex($"^{Parameter().Replace(path["/visual/".Length..], ".+")}$");
            foreach (var (method, _) in operations!.AsObject())
                Assert.Contains(written, w => w.Item1.Equals(method, StringComparison.OrdinalIgnoreCase) && pattern.IsMatch(w.Path));
        }
    }

    [Fact]
    public void Page_EveryProblem_IsNamed()
    {
        var types = typeof(Problem).GetMethods().Where(method => method is { IsStatic: true } && method.ReturnType == typeof(Problem));
        Assert.True(types.Count() > 20);
        var folder = Path.Combine(Repository.Root, "src", "ImageRec.AspNetCore", "Problems");
        var source = string.Concat(Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText));
        foreach (Match type in ProblemType().Matches(source))
            Assert.Contains($"`{type.Groups["type"].Value}`", DocsPage.Text, StringComparison.Ordinal);
    }

    private static List<string> Lines() =>
    [
        .. Block().Matches(DocsPage.Text)
        .SelectMany(block => block.Groups["lines"].Value.Replace("\\\n", "", StringComparison.Ordinal).Split("\ncurl "))
            .Select(line => line.StartsWith("curl ", StringComparison.Ordinal) ? line : $"curl {line}"),
    ];

    private static string Url(string line) => Words(line).Single(word => word.StartsWith(Address, StringComparison.Ordinal));

    private static string Method(string line) =>
        Words(line) is var words && words.IndexOf("-X") is var x and >= 0 ? words[x + 1]
        : words.Intersect(["-d", "-F", "--data-binary"]).Any() ? "POST" : "GET";

    private static HttpRequestMessage Request(string line)
    {
        var words = Words(line);
        var request = new HttpRequestMessage(new HttpMethod(Method(line)), new Uri(Url(line)).PathAndQuery);
        string? type = null;
        MultipartFormDataContent? form = null;
        byte[]? body = null;
        for (var i = 1; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "-H":
                    type = words[++i]["Content-Type: ".Length..];
                    break;
                case "-d":
                    body = System.Text.Encoding.UTF8.GetBytes(words[++i]);
                    break;
                case "--data-binary":
                    Assert.Equal("@photo.jpg", words[++i]);
                    body = Pictures.Fresh();
                    break;
                case "-F":
                    var (name, value) = words[++i].Split('=', 2) switch { var parts => (parts[0], parts[1]) };
                    form ??= [];
                    if (value == "@photo.jpg")
                        form.Add(TestShop.Raw(Pictures.Fresh(), "image/jpeg"), name, "photo.jpg");
                    else
                        form.Add(new StringContent(value), name);
                    break;
                case "-X" or "-o":
                    i++;
                    break;
                case "-N":
                    break;
                default:
                    Assert.StartsWith(Address, words[i], StringComparison.Ordinal);
                    break;
            }
        }
        request.Content = form ?? (body is null ? null : (HttpContent)TestShop.Raw(body, type!));
        return request;
    }

    private static List<string> Words(string line) => [.. Word().Matches(line).Select(m => m.Value.Trim('\'', '"'))];

    [GeneratedRegex(@"(?<=```\n)(?<lines>curl .*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+'[^']*'|\S+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("""(?<=\d, |status, )"(?<type>[a-z]+(-[a-z]+)*)",""")]
    private static partial Regex ProblemType();
}
