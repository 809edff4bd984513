namespace Experiment;

/// <summary>Holds the command line: <c>[--photos DIR] [--queries DIR] [--alexnet FILE]</c>.</summary>
/// <param name="Photos">A folder with a subfolder per category. Null draws products.</param>
/// <param name="Queries">Query images, in folders like the photos. Null divides the photos into folds.</param>
/// <param name="AlexNet">AlexNet as an ONNX file. Null takes the network inside the package.</param>
internal sealed record Arguments(string? Photos, string? Queries, string? AlexNet)
{
    public static Arguments Parse(string[] args)
    {
        for (var i = 0; i < args.Length; i += 2)
            if (args[i] is not ("--photos" or "--queries" or "--alexnet") || i + 1 == args.Length)
                throw new ArgumentException($"'{args[i]}' was not understood. Usage: [--photos DIR] [--queries DIR] [--alexnet FILE]");
        return new Arguments(Value("--photos"), Value("--queries"), Value("--alexnet"));

        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;
    }
}
