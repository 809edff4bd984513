using System.CommandLine;
using System.CommandLine.Invocation;
using ImageRec.Tool.Commands;

namespace ImageRec.Tool;

/// <summary>The commands, and how a line becomes an exit code.</summary>
internal static class CommandLine
{
    // One letter is one option, so that -output is not -o with the value 'utput'; and a photo may be called '@home.jpg'.
    private static readonly ParserConfiguration s_parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            """
            Visual recommendations for product photos: index a folder, query it with a picture.

            Exit codes: 0 done, 1 failed (a sentence on stderr says why), 2 wrong usage, 130 stopped by Ctrl-C,
            143 by SIGTERM.
            """)
        {
            IndexCommand.Create(),
            QueryCommand.Create(),
            ClassifyCommand.Create(),
            EvaluateCommand.Create(),
            InfoCommand.Create(),
            RemoveCommand.Create(),
            MoveCommand.Create(),
            ReportCommand.Create(),
        };
        var line = root.Parse(args, s_parser);
        // Help and hints go where errors go, so that stdout holds results only.
        if (args.Length == 0)
        {
            if (line.Action is ParseErrorAction wrongUsage)
                (wrongUsage.ShowHelp, wrongUsage.ShowTypoCorrections) = (true, false);
            await line.InvokeAsync(new() { Output = Console.Error });
            return ExitCode.WrongUsage;
        }
        var isCommand = line.Action is ParseErrorAction || line.Action == line.CommandResult.Command.Action;
        var errors = isCommand ? UsageErrors.Of(line, args) : [];
        if (errors.Count == 0)
            return await line.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        foreach (var sentence in errors)
            await Console.Error.WriteLineAsync($"imagerec: {sentence}");
        await Console.Error.WriteLineAsync($"See: {HelpFor(line)}");
        return ExitCode.WrongUsage;
    }

    private static string HelpFor(ParseResult line) =>
        line.CommandResult.Command is RootCommand ? "imagerec --help" : $"imagerec {line.CommandResult.Command.Name} --help";
}
