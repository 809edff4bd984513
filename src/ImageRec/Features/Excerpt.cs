namespace ImageRec.Features;

/// <summary>What a file says, as errors quote it.</summary>
internal static class Excerpt
{
    private const int Longest = 120;

    /// <summary>The text, shortened when a file made it long.</summary>
    public static string Of(string text) => text.Length <= Longest ? text : $"{text[..Longest]}...";
}
