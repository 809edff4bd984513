namespace ImageRec.Tests.Tool;

public class UsageTests : ToolTest
{
    [Fact]
    public async Task Help_OfEachCommand_ExitsWith0()
    {
        foreach (var command in new[] { "index", "query", "classify", "evaluate", "info", "report", "remove", "move" })
        {
            var run = await RunAsync(command, "--help");
            Assert.Equal(0, run.ExitCode);
            Assert.Contains($"imagerec {command}", run.Out);
        }
    }

    [Fact]
    public async Task NoCommand_ExitsWith2AndShowsThem()
    {
        var run = await RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("evaluate", run.Error);
    }

    [Fact]
    public async Task MistypedCommand_ExitsWith2AndSuggestsOne()
    {
        var run = await RunAsync("indx", "photos");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("index", run.Error);
    }

    [Theory]
    [InlineData("index photos", "-o")]
    [InlineData("index photos -o x --dims many", "whole number")]
    [InlineData("index photos -o x --dims -3", "whole number")]
    [InlineData("index photos -o x --preset alexnet-bvlc", "--model")]
    [InlineData("index photos -o x --tensor pool5", "--model")]
    [InlineData("index photos -o x --model net.onnx", "--preset")]
    [InlineData("index photos -o x --model net.onnx --preset alexnat", "alexnet-bvlc")]
    [InlineData("index photos -o x --model vgg16.onnx", "vgg16-caffe, vgg16-torchvision")]
    public async Task Index_WrongUsage_ExitsWith2AndSaysWhatToGive(string line, string expected)
    {
        Draw("photos", 1);
        File.WriteAllText(PathOf("net.onnx"), "no network");
        File.WriteAllText(PathOf("vgg16.onnx"), "no network");

        var run = await RunAsync(line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error);
        Assert.Equal("", run.Out);
        Assert.False(File.Exists(PathOf("x")));
    }

    [Theory]
    [InlineData("index fotos -o x", "did you mean 'photos'?")]
    [InlineData("index photos -o nowhere/x", "There is no folder")]
    [InlineData("index photos -o photos", "is a folder")]
    [InlineData("index empty -o x", "There is no picture in 'empty'")]
    [InlineData("index headless.csv -o x", "has no column 'id'")]
    [InlineData("index photos/sneaker/sneaker-001.jpg -o x", "is a picture")]
    [InlineData("index photos -o x --model nut.onnx", "did you mean 'net.onnx'?")]
    [InlineData("index photos -o x --model net.onnx --preset alexnet-bvlc", "net.onnx")]
    [InlineData("index photos -o net.onnx", "is not a catalog file")]
    public async Task Index_WhatCannotWork_ExitsWith1AndSaysWhy(string line, string expected)
    {
        Draw("photos", 1);
        Directory.CreateDirectory(PathOf("empty"));
        File.WriteAllText(PathOf("headless.csv"), "sku,file\n1,a.jpg\n");
        File.WriteAllText(PathOf("net.onnx"), "no network");

        var run = await RunAsync(line.Split(' '));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.Equal("", run.Out);
        Assert.Equal("no network", File.ReadAllText(PathOf("net.onnx")));
    }

    [Theory]
    [InlineData("query a b --mni-score 0.5", "There is no option '--mni-score' of 'imagerec query' (did you mean '--min-score'?).")]
    [InlineData("index photos -o x --learm", "(did you mean '--learn'?)")]
    [InlineData("index photos -o x --excluse=a", "(did you mean '--exclude'?)")]
    [InlineData("evaluate x --querys photos", "(did you mean '--queries'?)")]
    [InlineData("report x --titel y", "(did you mean '--title'?)")]
    [InlineData("info x --jsno", "(did you mean '--json'?)")]
    [InlineData("classify x y --jso", "(did you mean '--json'?)")]
    [InlineData("query a b c", "'c' is one argument too many for 'imagerec query'.")]
    [InlineData("indx photos", "There is no command 'indx' (did you mean 'index'?).")]
    public async Task Mistyped_AnyCommand_SuggestsTheNearestAndNothingElse(string line, string expected)
    {
        var run = await RunAsync(line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error);
        Assert.Equal(2, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("0.5", run.Error);
    }

    [Fact]
    public async Task Help_OfIndex_SaysWhatDimsAreWithoutAModel()
    {
        var run = await RunAsync("index", "--help");

        Assert.Contains("none for the network inside the package", run.Out);
        Assert.Contains("--tensor", run.Out);
    }

    [Fact]
    public async Task Index_Tensor_IsTheOneTheRowsAreMadeOf()
    {
        Draw("photos", 12);

        var colors = await IndexAsync("photos", "-o", "colors.imagerec", "--tensor", "colors", "--json");
        var none = await IndexAsync("photos", "-o", "none.imagerec", "--tensor", "nothing");

        Assert.StartsWith("colors/colors(192)", colors.Json.GetProperty("pipeline").GetString());
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("has no tensor 'nothing'", none.Error);
        Assert.False(File.Exists(PathOf("none.imagerec")));
    }

    [Fact]
    public async Task Index_Exclude_LeavesOutWhatThePatternsName()
    {
        Draw("photos", 24);

        var run = await IndexAsync("photos", "-o", "shop.imagerec", "--exclude", "hat", "--exclude", "mug-*.jpg", "--json");
        var list = await IndexAsync("none.csv", "-o", "other.imagerec", "--exclude", "hat");
        var query = await RunAsync("query", "shop.imagerec", "photos/hat/hat-001.jpg", "-k", "24", "--json");

        Assert.Equal(20, run.Json.GetProperty("items").GetInt32());
        Assert.DoesNotContain(query.Json.EnumerateArray(), answer => answer.GetProperty("category").GetString() is "hat" or "mug");
        Assert.NotEqual(0, list.ExitCode);
    }

    [Theory]
    [InlineData("de_DE.UTF-8")]
    [InlineData("tr_TR.UTF-8")]
    [InlineData("ar_SA.UTF-8")]
    public async Task AnyCulture_SameNumbersAndSentences(string locale)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sets the locale by LC_ALL.");
        Draw("photos", 36);
        Assert.Equal(0, (await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "16")).ExitCode);
        var plain = await RunScriptAsync(Asks("C.UTF-8"));
        var local = await RunScriptAsync(Asks(locale));

        Assert.Contains("1.000  hat/", plain.Out);
        Assert.Equal((plain.Out, plain.Error), (local.Out, local.Error));

        static string Asks(string locale) => string.Join(
            "; ",
            ((string[])["query shop.imagerec photos/hat/hat-001.jpg -k 7 --min-score 0.125", "query --help", "info shop.imagerec",
            "query a b -k 1,5"])
                .Select(line => $"env LC_ALL={locale} $imagerec {line}"));
    }
}
