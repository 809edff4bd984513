using System.Text.RegularExpressions;

namespace ImageRec.Tests.Design;

/// <summary>The rooms of src/ImageRec keep their order: a room uses rooms to its left, and Vectors, never rooms to its right.</summary>
public sealed partial class RoomTests
{
    private static readonly string[] Flow = ["Text", "Vectors", "Images", "Features", "Reduction", "Learning", "Clustering", "Indexing", "Ranking", "Storage"];

    // The builder, the engine and what works on a whole engine see every room.
    private static readonly string[] Overseers = ["", "Building", "MachineLearning", "Evaluation"];

    // Root types that every room may use.
    private static readonly string[] Common = ["FitContext", "UnreadableItem", "Cluster" /* also a property */, "Neighbor", "RowFilter", "IRowSource" /* what Ranking speaks, Indexing answers in */, "Slot" /* also a tuple element */, "Estimate" /* also a method */];

    private static readonly string SourceFolder = Path.Combine(Repository.Root, "src", "ImageRec");

    [Fact]
    public void Rooms_EachFile_NamesNoTypeOfARoomToItsRight()
    {
        var files = SourceFiles().ToDictionary(path => path, path => Words().Matches(WithoutCommentsAndStrings(File.ReadAllText(path))).Select(m => m.Value).ToHashSet());
        var roomOf = files.Keys.ToLookup(path => Path.GetFileName(path).Split('.')[0], Room);
        var wrong = from file in files
                    from word in file.Value
                    from room in roomOf[word].Take(1)
                    where roomOf[word].Count() == 1 && Place(room) > Place(Room(file.Key)) && !Common.Contains(word)

                    select $"{Path.GetRelativePath(SourceFolder, file.Key)} names {word} of {(room == "" ? "the root" : room)}";
        Assert.Equal([], wrong.Order());
    }

    [Fact]
    public void VectorWidths_OutsideVectors_AreNeverNamed()
    {
        var wrong = SourceFiles().Where(path => Room(path) != "Vectors" && VectorWidth().IsMatch(File.ReadAllText(path)));
        Assert.Equal([], wrong.Select(path => Path.GetRelativePath(SourceFolder, path)));
    }

    [Fact]
    public void Rooms_EveryFolder_HasItsPlaceInTheFlow() =>
        Assert.Equal([], SourceFiles().Select(Room).Distinct().Except([.. Flow, .. Overseers]));

    private static int Place(string room) => Array.IndexOf(Flow, room) is var place and >= 0 ? place : Flow.Length;

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(SourceFolder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(SourceFolder, path).Split(Path.DirectorySeparatorChar)[0].StartsWith("obj", StringComparison.Ordinal)
                && !Path.GetRelativePath(SourceFolder, path).StartsWith("bin", StringComparison.Ordinal));

    private static string Room(string path)
    {
        var parts = Path.GetRelativePath(SourceFolder, path).Split(Path.DirectorySeparatorChar);
        return parts.Length == 1 ? "" : parts[0];
    }

    private static string WithoutCommentsAndStrings(string code) => Noise().Replace(code, " ");

    [GeneratedRegex("""//.*|"(\\.|[^"\\\n])*"|"{3}[\s\S]*?"{3}""")]
    private static partial Regex Noise();

    // Not a member after a dot, nor a method that is declared or called.
    [GeneratedRegex(@"(?<=\bnew\s+)[A-Z]\w+\b|(?<![.\w])[A-Z]\w+\b(?!\()")]
    private static partial Regex Words();

    [GeneratedRegex(@"\bVector(64|128|256|512)\b|\bAvx|\bSse\d?\b")]
    private static partial Regex VectorWidth();
}
