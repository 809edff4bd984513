using System.CommandLine;
using System.CommandLine.Parsing;

namespace ImageRec.Tool;

/// <summary>What is wrong with a command line, as sentences that say what to give instead.</summary>
internal static class UsageErrors
{
    /// <returns>Empty when nothing is wrong.</returns>
    public static IReadOnlyList<string> Of(ParseResult line, IReadOnlyList<string> args)
    {
        var command = line.CommandResult.Command;
        // The parser takes an option that it does not know for an argument: whatever else it finds wrong may only follow from that.
        var unknown = UnknownOptions.In(line, args);
        if (unknown.Count > 0)
            return unknown;
        if (command is RootCommand && line.UnmatchedTokens.Count > 0)
            return [UnknownOptions.Command(command, line.UnmatchedTokens[0])];
        List<string> errors =
        [
            .. line.UnmatchedTokens.Select(token => token.StartsWith('-')
                ? $"'{token}' stands before the command. Options stand behind it: imagerec {command.Name} {token}."
                : $"'{token}' is one argument too many for 'imagerec {command.Name}'."),
            .. command.Arguments.SelectMany(argument => Of(argument, line.GetResult(argument))),
            .. command.Options.SelectMany(option => Of(option, line.GetResult(option))),
        ];
        return errors.Count > 0 ? errors : [.. line.Errors.Select(error => error.Message)];
    }

    private static IEnumerable<string> Of(Argument argument, ArgumentResult? given)
    {
        if (given is not { Tokens.Count: > 0 })
            return [$"{argument.Name} is missing. {argument.Description}"];
        return IsBlank(given.Tokens) ? [$"{argument.Name} is empty. {argument.Description}"] : [];
    }

    private static IEnumerable<string> Of(Option option, OptionResult? given)
    {
        var name = option.Name;
        if (given is null or { Implicit: true })
            return option.Required ? [$"{name} {option.HelpName} is missing. {option.Description}"] : [];
        if (given.Tokens.Count == 0 && option.Arity.MinimumNumberOfValues > 0)
            return [$"{name} needs a value: {name} {option.HelpName}."];
        if (given.IdentifierTokenCount > 1 && option.Arity.MaximumNumberOfValues <= 1)
            return [$"{name} is given {given.IdentifierTokenCount} times{Values(given.Tokens)}; give it once. {option.Description}"];
        return IsBlank(given.Tokens) ? [$"{name} is empty: give {name} {option.HelpName}."] : given.Errors.Select(error => error.Message);
    }

    private static bool IsBlank(IEnumerable<Token> tokens) => tokens.Any(token => string.IsNullOrWhiteSpace(token.Value));

    private static string Values(IReadOnlyList<Token> tokens) =>
        tokens.Count == 0 ? "" : $" ({string.Join(", ", tokens.Select(token => token.Value))})";
}
