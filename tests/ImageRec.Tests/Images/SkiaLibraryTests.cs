using System.Runtime.InteropServices;
using ImageRec.Images;

namespace ImageRec.Tests.Images;

/// <summary>What is wrong with an app's SkiaSharp is told from what is wrong with a picture, and said with the package to add.</summary>
public sealed class SkiaLibraryTests
{
    private static readonly string s_package = OperatingSystem.IsWindows() ? "SkiaSharp.NativeAssets.Win32"
        : OperatingSystem.IsMacOS() ? "SkiaSharp.NativeAssets.macOS" : "SkiaSharp.NativeAssets.Linux.NoDependencies";

    public static TheoryData<Exception> Faults =>
    [
        Assert.Throws<DllNotFoundException>(() => NativeLibrary.Load("no-such-library")),
        new TypeInitializationException(
        "SkiaSharp.SKObject", new InvalidOperationException("The version of the native libSkiaSharp library (88.1) is incompatible.")),
        new TypeInitializationException(
        "SkiaSharp.SKData", new TypeInitializationException("SkiaSharp.SkiaApi", new DllNotFoundException("libfontconfig.so.1"))),
        new EntryPointNotFoundException("sk_codec_get_pixels"),
        new BadImageFormatException("wrong ELF class"),
        new MissingMethodException("SkiaSharp.SKCodec", "GetPixels"),
        new MissingFieldException("SkiaSharp.SKImageInfo", "Empty"),
        new FileNotFoundException("Could not load file or assembly 'SkiaSharp'"),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Error_OfEachFault_SaysThatNoPictureIsAtFaultAndKeepsTheCause(Exception fault)
    {
        Assert.True(SkiaLibrary.IsAtFault(fault));
        var error = SkiaLibrary.Error(fault);
        Assert.StartsWith("Pictures cannot be decoded: SkiaSharp ", error.Message, StringComparison.Ordinal);
        Assert.Contains(SkiaReferences.Expected, error.Message, StringComparison.Ordinal);
        Assert.Same(fault, error.InnerException);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void IsAtFault_OtherErrors_IsFalse()
    {
        foreach (var other in new Exception[] { new UnreadableImageException("cut off"), new NotSupportedException(),
            new InvalidOperationException(), new IOException(), new ArgumentException() })
            Assert.False(SkiaLibrary.IsAtFault(other), other.GetType().Name);
    }

    [Theory]
    [InlineData(typeof(DllNotFoundException), "without its native library, libSkiaSharp for ")]
    [InlineData(typeof(BadImageFormatException), "without its native library, libSkiaSharp for ")]
    [InlineData(typeof(InvalidOperationException), "with a native library of another version")]
    [InlineData(typeof(EntryPointNotFoundException), "with a native library of another version")]
    public void Error_OfTheNativeLibrary_NamesThePackageInTheVersionOfSkiaSharp(Type cause, string what)
    {
        var error = SkiaLibrary.Error(
            new TypeInitializationException("SkiaSharp.SKObject", (Exception)Activator.CreateInstance(cause)!), "3.119.4");
        Assert.Contains($"SkiaSharp 3.119.4 is here {what}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"<PackageReference Include=\"{s_package}\" Version=\"3.119.4\" />", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(MissingMethodException))]
    [InlineData(typeof(TypeLoadException))]
    [InlineData(typeof(FileLoadException))]
    public void Error_OfSkiaSharpItself_NamesTheTestedVersions(Type cause)
    {
        var error = SkiaLibrary.Error((Exception)Activator.CreateInstance(cause)!, "9.0.0");
        Assert.Contains("SkiaSharp 9.0.0 does not have what ImageRec asks for", error.Message, StringComparison.Ordinal);
        Assert.Contains("2.88.9, 3.119.4 and 4.155.0", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("NativeAssets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_SkiaSharpNotLoaded_NamesThePackageWithoutAVersion() =>
        Assert.Contains($"Add the package {s_package}", SkiaLibrary.Error(new DllNotFoundException(), null).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Require_LibraryThatWorks_Returns() => SkiaLibrary.Require();
}
