using System.Reflection;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace ImageRec.Images;

/// <summary>
/// Inspects SkiaSharp as this app has it: which version, whether its native library fits, and what to do when it does not.
/// </summary>
/// <remarks>
/// The library is compiled against 2.88.9 and uses only what later versions also have; the app chooses the version. On Linux the native
/// library comes in a package of its own, which stays behind when only SkiaSharp is raised.
/// </remarks>
internal static class SkiaLibrary
{
    /// <summary>The versions that the tests run with.</summary>
    public const string Tested = "2.88.9, 3.119.4 and 4.155.0";

    // A PNG of one white pixel.
    private static readonly byte[] s_onePixel =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==");

    private static string Package =>
        OperatingSystem.IsWindows() ? "SkiaSharp.NativeAssets.Win32"
        : OperatingSystem.IsMacOS() ? "SkiaSharp.NativeAssets.macOS"
        : "SkiaSharp.NativeAssets.Linux.NoDependencies";

    /// <summary>Decodes and encodes one pixel, so that a library that cannot is met before the first image.</summary>
    /// <exception cref="ImageLibraryException">It cannot.</exception>
    public static void Require() => _ = PictureThumbnail.ToJpeg(s_onePixel, 1);

    /// <summary>Opens an image.</summary>
    /// <param name="start">The bytes of the file, which stay there until the codec is disposed.</param>
    /// <param name="length">How many.</param>
    /// <param name="result">Skia's result.</param>
    /// <returns>Null when no codec knows the format.</returns>
    public static unsafe SKCodec? Open(byte* start, int length, out SKCodecResult result)
    {
        using var data = SKData.Create((nint)start, length);
        return SKCodec.Create(new SKMemoryStream(data), out result);
    }

    /// <summary>
    /// Returns whether an error says that SkiaSharp cannot be used here at all, whatever the image. Once it has been thrown, it is thrown
    /// by every later call.
    /// </summary>
    public static bool IsAtFault(Exception e) =>
        e is TypeInitializationException or TypeLoadException or MissingMemberException or BadImageFormatException
            or FileNotFoundException or FileLoadException;

    /// <summary>Says what is wrong and which package to add.</summary>
    /// <param name="e">An error for which <see cref="IsAtFault"/> holds.</param>
    public static ImageLibraryException Error(Exception e) => Error(e, Version());

    /// <param name="e">An error for which <see cref="IsAtFault"/> holds.</param>
    /// <param name="version">The version of SkiaSharp; null when it is not loaded.</param>
    internal static ImageLibraryException Error(Exception e, string? version)
    {
        var cause = e;
        while (cause is TypeInitializationException { InnerException: { } inner })
            cause = inner;
        var add = version is null ? $"Add the package {Package} to the app, in the version of SkiaSharp."
            : $"Add the package that fits to the app: <PackageReference Include=\"{Package}\" Version=\"{version}\" />";
        var name = $"SkiaSharp{(version is null ? "" : " ")}{version}";
        return new(cause switch
        {
            DllNotFoundException or BadImageFormatException =>
                $"Pictures cannot be decoded: {name} is here without its native library, libSkiaSharp for "
                    + $"{RuntimeInformation.RuntimeIdentifier}. {add}",
            // SkiaSharp itself compares the versions, and says so.
            InvalidOperationException or EntryPointNotFoundException =>
                $"Pictures cannot be decoded: {name} is here with a native library of another version. {add} ({Sentence(cause)})",
            _ => $"Pictures cannot be decoded: {name} does not have what ImageRec asks for. Reference one of the versions it is tested "
            + $"with, {Tested}. ({Sentence(cause)})",
        }, e);
    }

    /// <summary>Returns the version of the package, such as 2.88.9; null when SkiaSharp is not loaded.</summary>
    public static string? Version() =>
        // Not by one of its types: that SkiaSharp cannot be loaded is one of the errors to be described.
        AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == "SkiaSharp")
            ?.GetCustomAttribute<AssemblyFileVersionAttribute>() is { } file && System.Version.TryParse(file.Version, out var version)
            ? version.ToString(3)
            : null;

    private static string Sentence(Exception e) => e.Message.ReplaceLineEndings(" ").Trim();
}
