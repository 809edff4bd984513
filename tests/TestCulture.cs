using System.Globalization;
using System.Runtime.CompilerServices;

namespace ImageRec;

/// <summary>
/// Runs the tests of a project under the culture that IMAGEREC_TEST_CULTURE names, such as tr-TR; without it, under that of the process.
/// </summary>
internal static class TestCulture
{
    /// <summary>The culture wanted, or null.</summary>
    public static string? Name { get; } = Environment.GetEnvironmentVariable("IMAGEREC_TEST_CULTURE") is { Length: > 0 } name ? name : null;

    /// <summary>
    /// Makes a process started by a test run under the same culture; .NET takes it from LC_ALL, whether the system has that locale or not.
    /// </summary>
    public static void PassOn(IDictionary<string, string?> environment)
    {
        if (PosixName is { } name)
            environment["LC_ALL"] = name;
    }

    /// <summary>The culture wanted, as POSIX names it, or null.</summary>
    public static string? PosixName => Name is { } name ? $"{name.Replace('-', '_')}.UTF-8" : null;

    [ModuleInitializer]
    internal static void Set()
    {
        if (Name is not { } name)
            return;
        // A misspelled name must not pass as a culture of its own.
        var culture = CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = culture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
    }
}
