using System.CommandLine;
using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary>Runs what a command does, and turns what can go wrong into a sentence and an exit code.</summary>
internal static class CommandBody
{
    /// <summary>Makes <paramref name="body"/> the action of <paramref name="command"/>.</summary>
    public static void Set(Command command, Option<bool> json, Func<ParseResult, Terminal, CancellationToken, Task> body) =>
        command.SetAction(line => RunAsync(line, new Terminal(line.GetValue(json)), body));

    private static async Task<int> RunAsync(ParseResult line, Terminal terminal, Func<ParseResult, Terminal, CancellationToken, Task> body)
    {
        using var stop = new StopSignal(terminal);
        try
        {
            await body(line, terminal, stop.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.ExitCode;
        }
        catch (UsageException e)
        {
            terminal.Error(e.Message);
            return ExitCode.WrongUsage;
        }
        catch (Exception e) when (IsExpected(e))
        {
            terminal.Error(e.Message);
            return ExitCode.Failed;
        }
        catch (ArgumentException e)
        {
            terminal.Error(e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal));
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // The last resort: what nobody expected is shown whole, so that it can be reported.
        catch (Exception e)
        {
            terminal.Error($"This should not have happened; please report it.{Environment.NewLine}{e}");
            return ExitCode.Failed;
        }
#pragma warning restore CA1031
    }

    private static bool IsExpected(Exception e) =>
        e is ImageRecException or IOException or UnauthorizedAccessException;
}
