using System.Diagnostics;
using System.Reflection;
using ImageRec.Tests.Images;

namespace ImageRec.Tests;

/// <summary>An app whose native library of SkiaSharp is of another version, or missing, is told once which package to add.</summary>
public sealed class UnmatchedTests
{
    private const string Advice = "<PackageReference Include=\"SkiaSharp.NativeAssets.Linux.NoDependencies\" Version=\"4.155.0\" />";
    private static readonly string s_app = typeof(UnmatchedTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Unmatched").Value!;

    [Theory]
    [InlineData("build")]
    [InlineData("thumbnail")]
    public async Task NativeLibrary_OfAnotherVersion_IsNamedWithThePackageToAdd(string command)
    {
        using var folder = new TemporaryFolder();
        var output = await RunAsync(s_app, command, folder.Path);
        Assert.StartsWith(
            "ImageLibraryException: Pictures cannot be decoded: SkiaSharp 4.155.0 is here with a native library of another version.",
            output, StringComparison.Ordinal);
        Assert.Contains(Advice, output, StringComparison.Ordinal);
        Assert.Contains("(88.1)", output, StringComparison.Ordinal);
        Assert.EndsWith("TypeInitializationException\nInvalidOperationException\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build")]
    [InlineData("thumbnail")]
    public async Task NativeLibrary_Missing_IsNamedWithThePackageToAdd(string command)
    {
        using var folder = new TemporaryFolder();
        var app = Directory.CreateDirectory(Path.Combine(folder.Path, "app")).FullName;
        // Without the folder of native libraries, and without the list that says they are there.
        foreach (var file in Directory.GetFiles(s_app).Where(file => !file.EndsWith(".deps.json", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(app, Path.GetFileName(file)));
        var output = await RunAsync(app, command, folder.Path);
        Assert.StartsWith("ImageLibraryException: Pictures cannot be decoded: SkiaSharp 4.155.0 is here without its native library, "
            + "libSkiaSharp for linux-", output, StringComparison.Ordinal);
        Assert.Contains(Advice, output, StringComparison.Ordinal);
        Assert.EndsWith("TypeInitializationException\nDllNotFoundException\n", output, StringComparison.Ordinal);
    }

    /// <summary>Runs the app over three pictures.</summary>
    private static async Task<string> RunAsync(string app, string command, string folder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere SkiaSharp brings its native library itself.");
        var photos = Directory.CreateDirectory(Path.Combine(folder, "photos")).FullName;
        foreach (var name in new[] { "a.png", "b.png", "c.png" })
            await File.WriteAllBytesAsync(
                Path.Combine(photos, name), PictureFiles.Png(2, 1, 8, 0, [0, (byte)name[0], 90]), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(app, "ImageRec.Skia4.Unmatched.dll"), command, command == "build" ? photos : Path.Combine(photos, "a.png")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        TestCulture.PassOn(start.Environment);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await error);
        Assert.Equal(1, process.ExitCode);
        return output.ReplaceLineEndings("\n");
    }
}
