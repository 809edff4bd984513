using ImageRec;
using ImageRec.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ShopLoad;

/// <summary>The package's endpoints over a folder of photos, without a rate limit: one machine sends everything.</summary>
internal static class Server
{
    public static async Task<int> RunAsync(DirectoryInfo photos, FileInfo? alexNet, FileInfo file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddImageRec(photos.FullName, file.FullName, options =>
        {
            options.Limits = new UploadLimits { PerMinute = 60_000_000, Burst = 1_000_000 };
            if (alexNet is not null)
                options.Builder = () => new RecommenderBuilder().UseOnnx(OnnxModel.AlexNet(alexNet.FullName, output: "pool5"))
                    .ReduceWithPca(128);
        });
        await using var app = builder.Build();
        app.MapImageRec();
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(app.Urls.First()));
        await app.RunAsync();
        return 0;
    }
}
