using ImageRec;
using Shop;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
if (builder.Configuration["urls"] is null)
    builder.WebHost.UseUrls(FreePort.Url(preferred: 5080));

// Which network looks at the pictures: --network resnet18 sees more kinds of things, --network both is best and slowest.
var network = builder.Configuration["network"];
if (!ShopNetwork.Exists(network))
{
    Console.Error.WriteLine($"There is no network '{network}'. There are: {ShopNetwork.Names}.");
    return 1;
}

// Visual recommendations: over the pictures of --photos DIR, or over products that the sample draws itself.
if (builder.Configuration["photos"] is { } photos)
{
    if (Photos.Problem(photos) is { } problem)
    {
        Console.Error.WriteLine(problem);
        return 1;
    }
    builder.Services.AddImageRec(photos, ShopFolder.CatalogFile(photos, network), options =>
    {
        options.Builder = () => ShopNetwork.Builder(network);
        options.ManagePolicy = LocalOnly.Policy;
    });
}
else
{
    builder.Services.AddDrawnShop(network);
}

builder.Services.AddLocalOnlyPolicy();
builder.Services.AddResponseCompression();

var app = builder.Build();
app.UseResponseCompression();
app.UseSecurityHeaders();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapImageRec("/visual");
app.MapHealthChecks("/health");
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"The shop is open: {app.Urls.First()}   (Ctrl+C closes it)"));
app.Run();
return 0;

/// <summary>Named for the tests that start the shop.</summary>
public partial class Program;
