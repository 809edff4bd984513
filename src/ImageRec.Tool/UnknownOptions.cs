using System.CommandLine;
using System.Globalization;
using ImageRec.Text;

namespace ImageRec.Tool;

/// <summary>Finds options and commands that there are not, and what may have been meant by them.</summary>
internal static class UnknownOptions
{
    /// <summary>Finds arguments before <c>--</c> that begin with a dash and are neither an option of the command nor a number.</summary>
    /// <returns>A sentence for each.</returns>
    public static IReadOnlyList<string> In(ParseResult line, IReadOnlyList<string> args)
    {
        var command = line.CommandResult.Command;
        var known = Names(command.Options).Concat(Names(line.RootCommandResult.Command.Options.Where(option => option.Recursive))).ToList();
        return
        [
            .. args.TakeWhile(arg => arg != "--")
                .Where(arg => arg.Length > 1 && arg[0] == '-' && !IsNumber(arg))
                .Select(arg => arg.Split('=', ':')[0])
                .Where(name => !known.Contains(name, StringComparer.Ordinal))
                .Distinct(StringComparer.Ordinal)
                .Select(name => Sentence(command, name, known))
        ];
    }

    private static bool IsNumber(string arg) => double.TryParse(arg, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    public static string Command(Command root, string given)
    {
        var commands = root.Subcommands.Select(command => command.Name).ToList();
        return $"There is no command '{given}'{Meant(Spelling.Nearest(given, commands))}. There are: {string.Join(", ", commands)}.";
    }

    private static IEnumerable<string> Names(IEnumerable<Option> options) =>
        options.SelectMany(option => option.Aliases.Prepend(option.Name)).Where(name => name.StartsWith('-'));

    private static string Sentence(Command command, string given, List<string> known)
    {
        if (command is RootCommand)
            return $"There is no option '{given}' before the command. Options stand behind it: imagerec COMMAND {given}.";
        if (given.Length > 2 && char.IsAsciiDigit(given[2]) && known.Contains(given[..2]))
            return $"'{given}' is written apart: {given[..2]} {given[2..]}.";
        // Compared without the dashes, which every option has.
        var nearest = Spelling.Nearest(given.TrimStart('-'), known.Select(name => name.TrimStart('-')));
        return $"There is no option '{given}' of 'imagerec {command.Name}'{Meant(known.Find(name => name.TrimStart('-') == nearest))}."
            + (nearest is null ? $" There are: {string.Join(", ", command.Options.Select(option => option.Name))}." : "");
    }

    private static string Meant(string? name) => name is null ? "" : $" (did you mean '{name}'?)";
}
