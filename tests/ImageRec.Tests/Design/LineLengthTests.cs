using System.Text.RegularExpressions;

namespace ImageRec.Tests.Design;

/// <summary>Lines of code fit a reader's window. Only what cannot be broken may be longer.</summary>
public sealed partial class LineLengthTests
{
    private const int MaxLength = 140;

    public static TheoryData<string> Folders => ["src", "tests", "samples", "benchmarks"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Code_EveryLine_FitsTheWindow(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !BuildOutput().IsMatch(Path.GetRelativePath(Repository.Root, file)));

        Assert.Empty(files.SelectMany(file => TooLong(File.ReadAllText(file))
            .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}:{line}")));
    }

    [Fact]
    public void TooLong_LinesThatCouldBeBroken_AreFound()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 40));
        var link = $"https://example.org/{new string('a', 150)}";

        Assert.Equal([1], TooLong($"// {words}"));
        Assert.Equal([2], TooLong($"\nvar text = \"{words}\";"));
        Assert.Equal([1], TooLong($"Call({new string('a', 80)}, {new string('b', 80)});"));
        Assert.Empty(TooLong($"// {link}"));
        Assert.Empty(TooLong($"/// <inheritdoc cref=\"{new string('a', 150)}\" />"));
        Assert.Empty(TooLong($"    + \"{new string('a', 150)}\","));
        Assert.Empty(TooLong($"var text = \"\"\"\n{words}\n\"\"\";"));
        Assert.Equal([4], TooLong($"var text = \"\"\"\n{words}\n\"\"\";\n// {words}"));
    }

    /// <summary>Returns the numbers of lines that are too long, 1-based.</summary>
    private static List<int> TooLong(string code)
    {
        var literals = LongLiteral().Matches(code);
        var found = new List<int>();
        var (number, start) = (0, 0);
        foreach (var line in code.Split('\n'))
        {
            number++;
            var end = start + line.Length;
            if (line.TrimEnd('\r').Length > MaxLength && !CannotBeBroken().IsMatch(line)
                && !literals.Any(literal => literal.Index < end && literal.Index + literal.Length > start))
                found.Add(number);
            start = end + 1;
        }
        return found;
    }

    [GeneratedRegex(@"(^|[\\/])(bin|obj)[\\/]")]
    private static partial Regex BuildOutput();

    /// <summary>Matches an inheritdoc element, an address in a comment, and a literal without spaces that has a line to itself.</summary>
    [GeneratedRegex("""^\s*(/// <inheritdoc .*/>|///? .*https?://\S{60,}|[+(]? ?\$?"[^ ]*"[,;)\]]*)\s*$""")]
    private static partial Regex CannotBeBroken();

    /// <summary>Matches raw and verbatim literals of more than one line, whose line breaks would be part of the text.</summary>
    [GeneratedRegex(@"(""{3,})[ \t]*\r?\n.*?\n[ \t]*\1|\$?@\$?""(?:[^""]|"""")*""", RegexOptions.Singleline)]
    private static partial Regex LongLiteral();
}
