namespace ImageRec.Tests.Tool;

public class UsageTests : ToolTest
{
    [Fact]
    public async Task Help_OfEachCommand_ExitsWith0()
    {
        foreach (var command in new[] { "index", "query", "evaluate", "info" })
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
    [InlineData("index photos -o x --output pool5", "--model")]
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
    [InlineData("index photos -o net.onnx", "is not a catalogue file")]
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
}
