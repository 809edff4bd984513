using System.CommandLine;

namespace ImageRec.Tool;

/// <summary>Arguments and options that several commands have.</summary>
internal static class SharedOptions
{
    public static Argument<string> File() => new("FILE") { Description = "A catalogue file that 'imagerec index' has written." };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON, and nothing else, on stdout." };
}
