using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ImageRec.Tool.Commands;

/// <summary>Options that take a number, and say in a sentence which when they get something else.</summary>
internal static class NumberOption
{
    /// <summary>A number of steps or dimensions, or <c>0</c> or <c>none</c> to leave a step out.</summary>
    public static Option<int?> Size(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = given => Text(given) is var text && text.Equals("none", StringComparison.OrdinalIgnoreCase)
            ? 0
            : Whole(given, least: 0, $"{name} is a whole number such as 64, or 0 or none for no such step"),
    };

    /// <summary>A number of things, 1 or more.</summary>
    public static Option<int?> Count(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = given => Whole(given, least: 1, $"{name} is a whole number, 1 or more"),
    };

    /// <summary>A whole number.</summary>
    /// <param name="option">What to complete; errors call it by its name.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="expected">What it is, as errors say it.</param>
    public static Option<int> Whole(Option<int> option, int least, string expected)
    {
        option.CustomParser = given => Whole(given, least, $"{option.Name} is {expected}") ?? 0;
        return option;
    }

    /// <summary>A number between two others.</summary>
    /// <param name="option">What to complete; errors call it by its name.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="most">The most that is allowed.</param>
    /// <param name="expected">What it is, as errors say it.</param>
    public static Option<float?> Between(Option<float?> option, float least, float most, string expected)
    {
        option.CustomParser = given =>
        {
            var isNumber = float.TryParse(Text(given), NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            if (isNumber && number >= least && number <= most)
                return number;
            given.AddError($"{option.Name} is {expected}; not '{Text(given)}'.");
            return null;
        };
        return option;
    }

    private static int? Whole(ArgumentResult given, int least, string expected)
    {
        if (int.TryParse(Text(given), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least)
            return number;
        given.AddError($"{expected}; not '{Text(given)}'.");
        return null;
    }

    private static string Text(ArgumentResult given) => given.Tokens.Single().Value;
}
