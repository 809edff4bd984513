using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageRec.Tool.Output;

/// <summary>Results go to stdout, everything about the way there to stderr; with <c>--json</c>, stdout holds JSON only.</summary>
/// <param name="json">Whether results are JSON.</param>
internal sealed class Terminal(bool json)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        // Ids are often file names in any script; nothing here ends up in a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;

    /// <summary>A result: JSON of <paramref name="value"/>, or what <paramref name="write"/> writes for people.</summary>
    public void Result<T>(T value, Action<TextWriter> write)
    {
        if (json)
            _out.WriteLine(JsonSerializer.Serialize(value, s_json));
        else
            write(_out);
        _out.Flush();
    }

    /// <summary>Something worth knowing that is no result.</summary>
    public void Note(string sentence) => _error.WriteLine(CliWords.Of(sentence));

    /// <summary>Why it failed.</summary>
    public void Error(string sentence) => _error.WriteLine($"imagerec: {CliWords.Of(sentence)}");
}
