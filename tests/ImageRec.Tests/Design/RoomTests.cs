using System.Text.RegularExpressions;

namespace ImageRec.Tests.Design;

/// <summary>
/// The rooms of the packages keep their order: a room uses rooms to its left, never rooms to its right. Read from the assemblies (which
/// type uses which, in signatures and in code) and their symbols (which file a type is written in).
/// </summary>
public sealed partial class RoomTests
{
    // The builder and the engine, which see every room.
    private const string Facade = "";

    public static TheoryData<string> Packages =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder))
            .Where(package => File.Exists(Repository.AssemblyOf(package)))];

    [Theory]
    [InlineData("ImageRec", 0)]
    [InlineData("ImageRec.AspNetCore", 1)]
    public void Rooms_EachType_UsesNoTypeOfARoomToItsRight(string package, int picture)
    {
        var flow = Flow(picture);
        var wrong = from use in Uses(new TypeGraph(Repository.AssemblyOf(package)), package)
                    where Array.IndexOf(flow, use.From) < Array.IndexOf(flow, use.To)
                    select $"{use.User} ({use.From}) uses {use.Used} ({use.To})";
        Assert.Equal([], wrong.Order());
    }

    [Theory]
    [InlineData("ImageRec", 0)]
    [InlineData("ImageRec.AspNetCore", 1)]
    public void Rooms_EveryFolder_IsDrawnInTheArchitecture(string package, int picture) =>
        Assert.Equal(Flow(picture).Order(), Types(package).Select(type => type.Room).Distinct().Order());

    [Theory]
    [MemberData(nameof(Packages))]
    public void Rooms_OfEachPackage_GoInOneDirection(string package)
    {
        var uses = Uses(new TypeGraph(Repository.AssemblyOf(package)), package).ToList();
        var left = uses.SelectMany(use => new[] { use.From, use.To }).ToHashSet();
        // Rooms that use no other that is left are taken away until none remains, or only those that lead round in a circle.
        while (left.RemoveWhere(room => !uses.Any(use => use.From == room && left.Contains(use.To))) > 0)
        {
        }
        Assert.Equal([], uses.Where(use => left.Contains(use.From) && left.Contains(use.To))
            .Select(use => $"{use.User} ({use.From}) uses {use.Used} ({use.To})").Order());
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Rooms_EachType_HasTheNamespaceOfItsFolder(string package)
    {
        var wrong = from type in Types(package)
                    let own = type.Room == Facade ? package : $"{package}.{type.Room}"
                    let space = type.Name[..Math.Max(0, type.Name.LastIndexOf('.'))]
                    // What an app meets first is found without a using for each room; and some names are the compiler's.
                    where space != own && space.Length > 0 && !space.StartsWith("System.", StringComparison.Ordinal)
                        && !(type.IsPublic
                        && (space == "ImageRec" || space == package || space.StartsWith("Microsoft.", StringComparison.Ordinal)))
                    select $"{type.Name} is written in {package}/{type.Room}";
        Assert.Equal([], wrong.Order());
    }

    [Fact]
    public void Vectors_OfAll_KnowNoMLNet()
    {
        var graph = new TypeGraph(Repository.AssemblyOf("ImageRec"));
        var wrong = from type in graph.Types
                    where RoomOf(graph.FileOf(type), "ImageRec") == "Vectors"
                    from used in graph.Uses(type)
                    where used.StartsWith("Microsoft.ML.", StringComparison.Ordinal)
                    select $"{type} uses {used}";
        Assert.Equal([], wrong);
    }

    [Fact]
    public void SkiaSharp_OutsideImages_IsNeverUsed()
    {
        // One decoder: where it reads a picture rightly, and where it says why not, all do.
        var users = from package in Packages
                    let name = (string)package.Data
                    let graph = new TypeGraph(Repository.AssemblyOf(name))
                    from type in graph.Types
                    where graph.Uses(type).Any(used => used.StartsWith("SkiaSharp.", StringComparison.Ordinal))
                    select $"{name}/{RoomOf(graph.FileOf(type), name)}";
        Assert.Equal(["ImageRec/Images"], users.Distinct());
    }

    [Fact]
    public void VectorWidths_OutsideVectors_AreNeverUsed()
    {
        var wrong = from package in Packages
                    let name = (string)package.Data
                    let graph = new TypeGraph(Repository.AssemblyOf(name))
                    from type in graph.Types
                    where RoomOf(graph.FileOf(type), name) != "Vectors"
                    from used in graph.Uses(type)
                    where VectorWidth().IsMatch(used)
                    select $"{type} uses {used}";
        Assert.Equal([], wrong);
    }

    /// <summary>The rooms of a package, from left to right, as a picture of docs/architecture.md draws them.</summary>
    private static string[] Flow(int picture)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        return [.. Rooms().Matches(page.Split("```")[(2 * picture) + 1]).Select(match => match.Value), Facade];
    }

    private static IEnumerable<(string User, string From, string Used, string To)> Uses(TypeGraph graph, string package)
    {
        var types = graph.Types.ToHashSet();
        return from user in types
               from used in graph.Uses(user)
               where types.Contains(used)
               let @from = RoomOf(graph.FileOf(user), package)
               let to = RoomOf(graph.FileOf(used), package)
               where @from != to
               select (user, @from, used, to);
    }

    private static IEnumerable<(string Name, string Room, bool IsPublic)> Types(string package)
    {
        var graph = new TypeGraph(Repository.AssemblyOf(package));
        return graph.Types.Select(type => (type, RoomOf(graph.FileOf(type), package), graph.IsPublic(type)));
    }

    private static string RoomOf(string file, string package)
    {
        var folder = $"/src/{package}/";
        var parts = file[(file.LastIndexOf(folder, StringComparison.Ordinal) + folder.Length)..].Split('/');
        return parts.Length == 1 ? Facade : parts[0];
    }


    // Rooms stand in the picture's first lines, joined by arrows, as words of their own.
    [GeneratedRegex(@"\b[A-Z]\w+(?= ->)|(?<=-> )[A-Z]\w+(?=\n|$)")]
    private static partial Regex Rooms();

    [GeneratedRegex(@"^System\.Runtime\.Intrinsics\.(Vector(64|128|256|512)|(X86|Arm)\.)")]
    private static partial Regex VectorWidth();
}
