using System.Reflection;
using System.Text.RegularExpressions;
using ImageRec.Tests.Design;
using ImageRec.Tool.Output;

namespace ImageRec.Tests.Tool;

/// <summary>What the library advises programmers to do is advised in the command's own words.</summary>
public sealed partial class CliWordsTests : ToolTest
{
    /// <summary>Parts of messages that no command can cause.</summary>
    private static readonly string[] OnlyInCode =
    [
        // Options of the builder that the command does not set, or sets right.
        "FitSampleRows is", "Leave ConfigureNetwork out", "UnreadableImages is", "RefreshInterval is", "GetNames<UnreadableImages>",
        "CodesOnly", "Leave LearnCategories out to rank", "Open it without LearnCategories", "L2Regularization", "MinScore is a score",
        "which joins the categories to the score", "AtMostPer", "it must be Floats", "NearDuplicateScore is", "SuspectShare is",
        "OutlierDeviations is", "Cutoffs for others",
        // The command's items are its own, and JSON when it reads.
        "RecommenderBuilder.Json", "JsonSerializerContext", "[JsonDerivedType]",
        // Networks made in code; presets and files are right here.
        "OnnxModel(path)", "OnnxOptions", "RowPooling.Flatten", " is declared ", "PixelRange of", "Mean of", "RgbValues",
        "Batch goes up to", "PublishAot", "ChannelsLast = ", "quarters of. Use", "joins networks in ONNX files",
        // ML.NET's side, engines without files, backups.
        "MLImage", "and pictures by path or as bytes work with any version", "Only embeddings of an OnnxModel", "Give BuildAsync a file",
        "is not a number of",
    ];

    [Fact]
    public void Of_MessagesOfTheLibrary_NameNoTypeAndNoMethod()
    {
        var names = PublicNames();
        var wrong = from message in Messages()
                    where !OnlyInCode.Any(part => message.Text.Contains(part, StringComparison.Ordinal))
                    let shown = CliWords.Of(message.Text)
                    from name in Words().Matches(shown).Select(word => word.Value)
                        .Where(word => names.Contains(word) || message.Named.Contains(word))
                    select $"{message.File}: '{name}' in \"{shown}\"";

        Assert.Equal("", string.Join('\n', wrong.Distinct()));
    }

    [Fact]
    public async Task AnyCommand_AdviceOfTheLibrary_IsOfTheCommand()
    {
        File.WriteAllBytes(PathOf("a.jpg"), DrawPhoto(1));
        File.WriteAllText(PathOf("web.csv"), "id,path\na,a.jpg\nb,https://shop.example/b.jpg\nc,\"data:image/png;base64,AAAA\"\n");
        File.WriteAllBytes(PathOf("mixed.csv"), [.. "id,path\n"u8, .. "\u00E9,a.jpg\n"u8, 0xE9, (byte)',', .. "a.jpg\n"u8]);

        var web = await IndexAsync("web.csv", "-o", "web.imagerec", "--learn");
        var mixed = await IndexAsync("mixed.csv", "-o", "x.imagerec");
        var none = await RunAsync("info", "none.imagerec");
        var evaluation = await RunAsync("evaluate", "web.imagerec");

        Assert.Contains("Download the picture first.", web.Out);
        Assert.Contains("Write it to a file.", web.Out);
        Assert.Contains("put the photos into folders named like their categories, or leave --learn out", web.Out);
        Assert.EndsWith("Export the list again as CSV UTF-8.", mixed.Error.TrimEnd());
        Assert.Contains("Make one by 'imagerec index'.", none.Error);
        Assert.Contains("Index photos that lie in folders named like their categories.", evaluation.Error);
    }

    [Fact]
    public async Task Index_FileThatIsBeingChanged_SaysWhatCanBeDoneMeanwhile()
    {
        File.WriteAllBytes(PathOf("a.jpg"), DrawPhoto(1));
        await using var engine = await new RecommenderBuilder().UseOnnx(new OnnxModel(Network()))
            .BuildAsync(ImageCatalog.FromFolder(PathOf(".")), PathOf("shop.imagerec"), cancellationToken: Token);

        var run = await IndexAsync(".", "-o", "shop.imagerec");
        var query = await RunAsync("query", "shop.imagerec", "a.jpg");

        Assert.Equal((1, 0), (run.ExitCode, query.ExitCode));
        Assert.Contains(
            "Only one process changes a file at a time; wait until that one has ended. Other commands can read it meanwhile.", run.Error);
    }

    private static HashSet<string> PublicNames()
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var types = typeof(RecommenderBuilder).Assembly.GetExportedTypes();
        return types.Select(type => type.Name.Split('`')[0])
            .Concat(types.SelectMany(type => type.GetMembers(Own)).Select(member => member.Name))
            .Where(name => Compound().IsMatch(name)).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<Message> Messages() =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Replace('\\', '/')
        where !name.StartsWith("ImageRec.Tool/", StringComparison.Ordinal)
            && !name.StartsWith("ImageRec.AspNetCore/", StringComparison.Ordinal) && !name.Contains("/obj/", StringComparison.Ordinal)
        from line in NextPart().Replace(File.ReadAllText(file), "").Split('\n')
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.TrimStart().StartsWith('[')
        from literal in Literal().Matches(line).Select(match => match.Groups[1].Value)
        where literal.Contains(' ', StringComparison.Ordinal)
        select new Message(name, Hole().Replace(NameOf().Replace(literal, "$1"), "_"),
            [.. NameOf().Matches(literal).Select(match => match.Groups[1].Value)]);

    private sealed record Message(string File, string Text, string[] Named);

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();

    /// <summary>Matches what stands between two parts of a message that is written on several lines.</summary>
    [GeneratedRegex(@"(?<!\\)""\s*\n\s*\+ \$?""")]
    private static partial Regex NextPart();

    [GeneratedRegex(@"\{nameof\((?:\w+\.)*(\w+)\)\}")]
    private static partial Regex NameOf();

    [GeneratedRegex(@"\{[^{}]*\}?")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();

    // More than one word run together: a single one may be a word of the sentence.
    [GeneratedRegex("^[A-Z][a-z0-9]+[A-Z]")]
    private static partial Regex Compound();
}
