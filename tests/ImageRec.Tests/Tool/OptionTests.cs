using System.Text.RegularExpressions;
using ImageRec.Tests.Design;

namespace ImageRec.Tests.Tool;

/// <summary>An option means the same in every command, and is never taken for another.</summary>
public sealed partial class OptionTests : ToolTest
{
    private static readonly string[] Commands = ["index", "query", "classify", "evaluate", "info", "report"];

    [Fact]
    public async Task Help_OptionOfSeveralCommands_MeansTheSameInAll()
    {
        var options = new List<(string[] Names, string Value, string Meaning)>();
        foreach (var command in Commands)
        {
            var help = await RunAsync(command, "--help");
            foreach (Match option in HelpLine().Matches(help.Out.Replace("\r", "", StringComparison.Ordinal)))
                options.Add((option.Groups[1].Value.Split(", "), option.Groups[2].Value, option.Groups[3].Value));
        }

        // The file that a command writes: each says what is in it.
        var written = options.Where(option => option.Names.Contains("-o") || option.Names.Contains("--output")).ToList();
        Assert.Equal(3, written.Count);
        Assert.All(written, option => Assert.True(option.Names.Contains("-o") && option.Names.Contains("--output")));
        Assert.All(written, option => Assert.Contains("write", option.Meaning));
        var others = options.Except(written)
            .SelectMany(option => option.Names.Select(name => (Name: name, option.Value, option.Meaning))).ToList();
        Assert.True(others.Count > 20);
        Assert.All(others.GroupBy(option => option.Name), same => Assert.Single(same.Distinct()));
    }

    [Theory]
    [InlineData("report x -output y.html", "There is no option '-output' of 'imagerec report' (did you mean '--output'?).")]
    [InlineData("info --jsno x", "There is no option '--jsno' of 'imagerec info' (did you mean '--json'?).")]
    [InlineData("query x y --html --min-scroe 0.5", "There is no option '--min-scroe' of 'imagerec query' (did you mean '--min-score'?).")]
    [InlineData("query x y --top 5",
        "There is no option '--top' of 'imagerec query'. There are: -k, --min-score, --category, --region, --html, --json.")]
    [InlineData("query x y -k5", "'-k5' is written apart: -k 5.")]
    [InlineData("index x -o y --margins", "--margins needs a value: --margins trim|keep.")]
    [InlineData("index x -o y --margins cut", "--margins is trim or keep; not 'cut'.")]
    [InlineData("index x -o redis://host/shop", "-o writes a file; give 'redis://host/shop' to --to.")]
    [InlineData("classify redis://me:secret@host/shop x.jpg",
        "'redis://...@host/shop' is a shared catalog, and this command reads a file.")]
    [InlineData("report redis://host/shop -o y.html", "'redis://host/shop' is a shared catalog, and this command reads a file.")]
    [InlineData("query x y -k 3 -k 4", "-k is given 2 times (3, 4); give it once.")]
    [InlineData("query x y -k 1,5", "-k is the number of answers, 1 or more; not '1,5'.")]
    [InlineData("query x y -k", "-k needs a value: -k K.")]
    [InlineData("query x", "PHOTO is missing.")]
    [InlineData("query x y --json true", "'true' is one argument too many for 'imagerec query'.")]
    [InlineData("--json info x", "'--json' stands before the command. Options stand behind it: imagerec info --json.")]
    [InlineData("--json", "There is no option '--json' before the command.")]
    [InlineData("index photos", "-o FILE or --to STORE is missing: say where the catalog is to be.")]
    [InlineData("index photos -o x --output pool5", "-o is given 2 times (x, pool5); give it once. The catalog file to write")]
    [InlineData("index photos -o x --seed one", "--seed is a whole number; not 'one'.")]
    [InlineData("index photos -o x --exclude _", "--exclude is empty: give --exclude PATTERN.")]
    [InlineData("info _", "FILE|STORE is empty.")]
    public async Task WrongOption_AnyCommand_SaysWhatToGive(string line, string expected)
    {
        var run = await RunAsync([.. line.Split(' ').Select(word => word == "_" ? "" : word)]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error);
        Assert.Contains("See: imagerec ", run.Error);
        Assert.DoesNotContain("System.", run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Value_NamesThatLookLikeOptions_CanBeGiven()
    {
        var response = await RunAsync("info", "@home.imagerec");
        var dashed = await RunAsync("info", "--", "-x.imagerec");
        var joined = await RunAsync("index", "none", "-o", "x", "--exclude=-old");
        var negative = await RunAsync("query", "none.imagerec", "y", "--min-score", "-0.5");

        Assert.Contains("@home.imagerec'", response.Error);
        Assert.Contains("-x.imagerec'", dashed.Error);
        Assert.All([response, dashed, joined, negative], run => Assert.Equal(1, run.ExitCode));
    }

    [Fact]
    public void ExitCodes_InTheDocumentation_AreThoseThereAre()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "ImageRec.Tool", "Commands", "ExitCode.cs"));

        var told = ExitCodeRow().Matches(page).SelectMany(row => row.Groups[1].Value.Split(", ")).Order();
        Assert.Equal(Constant().Matches(source).Select(constant => constant.Groups[1].Value).Order(), told);
    }

    [GeneratedRegex(@"^  (-\S+(?:, -\S+)*)(?: <(\S+)>)?(?: \(REQUIRED\))?  +(\S.*)$", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"^\| (\d+(?:, \d+)*) \|", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow();

    [GeneratedRegex(@"const int \w+ = (\d+);")]
    private static partial Regex Constant();
}
