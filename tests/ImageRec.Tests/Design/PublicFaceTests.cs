namespace ImageRec.Tests.Design;

/// <summary>The public face of the core and of Evaluation stays small enough to be read in one sitting.</summary>
public sealed class PublicFaceTests(ITestOutputHelper output)
{
    private const int MostTypes = 86;
    private const int MostMembers = 716;

    [Fact]
    public void PublicApi_OfCoreAndEvaluation_StaysSmall()
    {
        var (types, lines) = (0, 0);
        foreach (var package in new[] { "ImageRec", "ImageRec.Evaluation" })
        {
            var assembly = package == "ImageRec" ? typeof(RecommenderBuilder).Assembly : typeof(EvaluationExtensions).Assembly;
            var exported = assembly.GetExportedTypes().Length;
            var members = File.ReadLines(Path.Combine(Repository.Root, "src", package, "PublicAPI.Unshipped.txt")).Count(IsMember)
                + File.ReadLines(Path.Combine(Repository.Root, "src", package, "PublicAPI.Shipped.txt")).Count(IsMember);
            output.WriteLine($"{package}: {exported} public types, {members} lines of public API");
            types += exported;
            lines += members;
        }
        output.WriteLine($"together: {types} of at most {MostTypes} types, {lines} of at most {MostMembers} lines");
        Assert.InRange(types, 1, MostTypes);
        Assert.InRange(lines, 1, MostMembers);
    }

    private static bool IsMember(string line) => line.Length > 0 && line[0] != '#';
}
