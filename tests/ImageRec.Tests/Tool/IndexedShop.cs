namespace ImageRec.Tests.Tool;

/// <summary>A folder of 60 photos and its catalog <c>shop.imagerec</c>, made once for all tests of a class.</summary>
public sealed class IndexedShop : ToolTest, IAsyncLifetime
{
    /// <summary>One of the photos, relative to the folder the command runs in.</summary>
    internal string Photo { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Draw("photos", 60);
        Photo = "photos/hat/hat-001.jpg";
        Assert.Equal(0, (await IndexAsync("photos", "-o", "shop.imagerec", "--dims", "32")).ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal static byte[] AnyPhoto() => DrawPhoto();

    internal new string PathOf(string name) => base.PathOf(name);

    internal new void Draw(string folder, int count, int seed = 1) => base.Draw(folder, count, seed);

    internal new Task<ToolRun> RunScriptAsync(string script) => base.RunScriptAsync(script);

    internal new Task<ToolRun> RunAsync(params string[] arguments) => base.RunAsync(arguments);

    internal new Task<ToolRun> RunUnderAsync(string locale, params string[] arguments) => base.RunUnderAsync(locale, arguments);
}
