namespace Experiment;

/// <summary>What the sample was told: <c>[--photos DIR] [--queries DIR] [--alexnet FILE]</c>.</summary>
/// <param name="Photos">Folder of folders; drawn products unless given.</param>
/// <param name="Queries">Photos to ask with; the photos are divided into folds unless given.</param>
/// <param name="AlexNet">The network as an ONNX file; the network inside the package unless given.</param>
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
