using System.Text.RegularExpressions;

namespace ImageRec.Tests.Design;

/// <summary>What a package's page shows: it resolves no relative address.</summary>
public partial class PackagePageTests
{
    public static TheoryData<string> Packages =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Page_OfEachPackage_HasNoRelativeLinkAndSaysHowToGetIt(string package)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "src", package, "PACKAGE.md"));

        Assert.All(Link().Matches(page), link => Assert.Matches("^https://", link.Groups["to"].Value));
        Assert.DoesNotContain("<img", page);
        Assert.Matches($"(dotnet add package|dotnet tool install -g) {Regex.Escape(package)}\n", page);
    }

    [Fact]
    public void Readme_UseIt_BeginsWithThePackage()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Assert.Contains("## Use it\n\n```\ndotnet add package ImageRec\n```", readme.ReplaceLineEndings("\n"));
        Assert.All(Link().Matches(readme), link => Assert.True(
            link.Groups["to"].Value.StartsWith("https://", StringComparison.Ordinal)
            || Path.Exists(Path.Combine(Repository.Root, link.Groups["to"].Value)), link.Value));
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
