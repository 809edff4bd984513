using System.Text.Json;

namespace ImageRec.Tests.Tool;

/// <summary>What a run of the command left behind.</summary>
/// <param name="ExitCode">Of the process.</param>
/// <param name="Out">Its stdout.</param>
/// <param name="Error">Its stderr.</param>
internal sealed record ToolRun(int ExitCode, string Out, string Error)
{
    /// <summary>Stdout, which must be JSON and nothing else.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;
}
