using System.Globalization;
namespace ImageRec.Benchmarks;

/// <summary>Pairs of --name value.</summary>
internal sealed class Arguments(string[] args)
{
    public string Text(string name, string otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;

    public int Number(string name, int otherwise) =>
        Text(name, "") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
