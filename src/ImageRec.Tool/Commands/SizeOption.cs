using System.CommandLine;
using System.Globalization;

namespace ImageRec.Tool.Commands;

/// <summary>An option that takes a number, or <c>0</c> or <c>none</c> to leave a step out.</summary>
internal static class SizeOption
{
    public static Option<int?> Create(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
                return 0;
            if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size) && size >= 0)
                return size;
            result.AddError($"{name} is a whole number such as 64, or 0 or none for no such step; not '{text}'.");
            return null;
        },
    };
}
