using ImageRec.Text;

namespace ImageRec.AspNetCore.Problems;

/// <summary>Sentences that follow "There is no x.": which names there are, and which one was meant.</summary>
internal static class KnownNames
{
    /// <summary>" Did you mean 'disliked'? There are disliked, liked."</summary>
    /// <param name="given">The unknown name.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="whenNone">Sentence when there are none.</param>
    public static string Hint(string given, IReadOnlyCollection<string> known, string whenNone = "There are none.")
    {
        if (known.Count == 0)
            return $" {whenNone}";
        return Spelling.Nearest(given, known) is { } meant ? $" Did you mean '{meant}'?{List(known)}" : List(known);
    }

    /// <summary>" There are disliked, liked."</summary>
    public static string List(IReadOnlyCollection<string> known) =>
        known.Count == 1 ? $" There is {known.First()}." : $" There are {string.Join(", ", known)}.";
}
