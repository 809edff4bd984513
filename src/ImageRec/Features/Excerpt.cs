namespace ImageRec.Features;

/// <summary>Shortens what a file says, for errors that quote it.</summary>
internal static class Excerpt
{
    private const int Longest = 120;

    /// <summary>Returns the text, shortened when a file made it long.</summary>
    public static string Of(string text) => text.Length <= Longest ? text : $"{text[..Longest]}...";
}
