namespace ImageRec.Tests.Tool;

/// <summary>The option <c>--network</c>.</summary>
public sealed class NamedNetworkTests : ToolTest
{
    [Fact]
    public async Task Index_UnknownName_ListsThoseThereAre()
    {
        var run = await RunAsync("index", "photos", "-o", "shop.imagerec", "--network", "vgg");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no network 'vgg'. There are: compact, resnet18, compact+resnet18.", run.Error);
    }

    [Fact]
    public async Task Index_CompactAndResNet18_AnswersByBoth()
    {
        Draw("photos", 4);

        var index = await RunAsync("index", "photos", "-o", "shop.imagerec", "--network", "compact+resnet18");
        Assert.SkipWhen(
            index.Error.Contains("ResNet-18 is not on this machine", StringComparison.Ordinal), "NuGet keeps its packages elsewhere.");

        Assert.Equal(0, index.ExitCode);
        Assert.Contains("compact/embedding + resnet18/ReLU393_Output_0(quarters)(2304) -> ", index.Out);
    }
}
