using System.Text;

namespace ImageRec.Images;

/// <summary>Says where the first line of columns is in a list, and what separates them.</summary>
/// <param name="Characters">To be passed over: comments, blank lines, the line by which Excel names the separator.</param>
/// <param name="Lines">How many lines these are.</param>
/// <param name="Separator">Null when neither such a line nor the columns decide.</param>
internal readonly record struct ListStart(int Characters, int Lines, char? Separator)
{
    private const string Separators = ",;\t|";

    /// <summary>Finds it.</summary>
    /// <param name="text">The beginning of the list.</param>
    public static ListStart Find(ReadOnlySpan<char> text)
    {
        var start = new ListStart();
        while (start.Characters < text.Length)
        {
            var rest = text[start.Characters..];
            var end = rest.IndexOfAny('\r', '\n');
            var line = end < 0 ? rest : rest[..end];
            if (Declared(line) is { } declared)
                start = start with { Separator = declared };
            else if (SeparatorOf(line, start.Separator) is { } found)
                return start with { Separator = found };
            else if (!line.TrimStart(" \t\uFEFF\"").StartsWith('#') && line.ContainsAnyExcept(Separators + " \"\u00A0\uFEFF"))
                return start;
            if (end < 0)
                break;
            var lineEnd = rest[end..].StartsWith("\r\n") ? 2 : 1;
            start = start with { Characters = start.Characters + end + lineEnd, Lines = start.Lines + 1 };
        }
        return start;
    }

    /// <summary>
    /// Returns a column's name without invisible characters around it, such as no-break spaces and a second byte order mark.
    /// </summary>
    public static string ColumnName(string written) => written.Trim().Trim('\uFEFF', '\u200B').Trim();

    /// <summary>Returns the separator of Excel's line <c>sep=;</c>; null for any other line.</summary>
    private static char? Declared(ReadOnlySpan<char> line)
    {
        line = line.Trim("\"\uFEFF");
        return line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && char.IsAscii(line[4])
            && !char.IsAsciiLetterOrDigit(line[4]) && line[4] != '"'
            ? line[4]
            : null;
    }

    /// <summary>Returns what separates id and path in the first line: it separates everywhere, whatever values hold.</summary>
    private static char? SeparatorOf(ReadOnlySpan<char> line, char? declared)
    {
        foreach (var separator in declared is { } one ? $"{one}" : Separators)
        {
            List<string> names = [.. Split(line, separator)];
            if (CsvColumns.Find(names, CsvColumns.IdName) >= 0 && CsvColumns.Find(names, CsvColumns.PathName) >= 0)
                return separator;
        }
        return null;
    }

    private static List<string> Split(ReadOnlySpan<char> line, char separator)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        var quoted = false;
        foreach (var character in line)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == separator && !quoted)
            {
                names.Add(ColumnName(name.ToString()));
                name.Clear();
            }
            else
            {
                name.Append(character);
            }
        }
        names.Add(ColumnName(name.ToString()));
        return names;
    }
}
