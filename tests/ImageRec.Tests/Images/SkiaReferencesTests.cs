using ImageRec.Images;
using SkiaSharp;

namespace ImageRec.Tests.Images;

/// <summary>One ImageRec.dll works with every SkiaSharp that is tested.</summary>
public sealed class SkiaReferencesTests
{
    [Fact]
    public void SkiaSharp_Loaded_IsTheVersionOfThisProject() => Assert.Equal(SkiaReferences.Expected, SkiaLibrary.Version());

    [Fact]
    public void SkiaSharp_Loaded_IsNamedAmongTheTested() =>
        Assert.Contains(SkiaReferences.Expected, SkiaLibrary.Tested, StringComparison.Ordinal);

    [Fact]
    public void References_OfTheLibrary_AreThereInThisVersion()
    {
        Assert.Contains("SKCodec.GetPixels", SkiaReferences.All(typeof(SkiaLibrary).Assembly));
        Assert.Equal([], SkiaReferences.Missing(typeof(SkiaLibrary).Assembly));
    }

    [Fact]
    public void Library_Itself_IsCompiledAgainstTheOldest() =>
        Assert.Equal(new Version(2, 88, 0, 0), typeof(SkiaLibrary).Assembly.GetReferencedAssemblies()
            .Single(name => name.Name == typeof(SKCodec).Assembly.GetName().Name).Version);
}
