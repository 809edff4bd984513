using System.CommandLine;

namespace ImageRec.Tool;

/// <summary>What is wrong with a command line, as sentences that say what may have been meant.</summary>
internal static class UsageErrors
{
    public static IEnumerable<string> Of(ParseResult line)
    {
        var unmatched = line.UnmatchedTokens;
        var afterOption = false;
        foreach (var token in unmatched)
        {
            var isOption = token.StartsWith('-') && token.Length > 1;
            // What follows an unknown option is most likely its value.
            if (isOption || !afterOption)
                yield return Unknown(line, token, isOption);
            afterOption = isOption;
            // An unknown command's own arguments mean nothing yet.
            if (IsRoot(line) && !isOption)
                break;
        }
        foreach (var error in line.Errors)
        {
            var isTold = unmatched.Count > 0 && (unmatched.Any(token => error.Message.Contains($"argument '{token}'", StringComparison.Ordinal)) || IsRoot(line));
            if (!isTold)
                yield return error.Message;
        }
    }

    private static string Unknown(ParseResult line, string token, bool isOption)
    {
        var command = line.CommandResult.Command;
        var given = token.Split('=', ':')[0];
        if (isOption)
        {
            var options = command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name)).Where(name => name.StartsWith('-'));
            // Compared without the dashes, which every option has.
            var byName = options.GroupBy(name => name.TrimStart('-'), StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First());
            var nearest = Spelling.Nearest(given.TrimStart('-'), byName.Keys) is { } name ? byName[name] : null;
            return $"There is no option '{given}' {(IsRoot(line) ? "before the command" : $"of 'imagerec {command.Name}'")}{Meant(nearest)}.";
        }
        if (!IsRoot(line))
            return $"'{token}' is one argument too many for 'imagerec {command.Name}'.";
        var commands = command.Subcommands.Select(sub => sub.Name).ToList();
        return $"There is no command '{token}'{Meant(Spelling.Nearest(token, commands))}. There are: {string.Join(", ", commands)}.";
    }

    private static string Meant(string? name) => name is null ? "" : $" (did you mean '{name}'?)";

    private static bool IsRoot(ParseResult line) => line.CommandResult.Command is RootCommand;
}
