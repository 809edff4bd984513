namespace ImageRec.Tool.Input;

/// <summary>From <c>--network</c> to the networks that the library knows by name.</summary>
internal static class NamedNetwork
{
    public const string Compact = "compact";
    public const string ResNet18 = "resnet18";
    public const string Both = "compact+resnet18";

    // How much ResNet-18 counts beside the network inside; see docs/decisions/0102.
    private const float WeightBeside = 0.7f;
    private const string Package = "microsoft.ml.dnnimagefeaturizer.resnet18";

    /// <summary>Chooses the network for a builder.</summary>
    /// <exception cref="UsageException">There is no such name.</exception>
    /// <exception cref="CatalogException">ResNet-18 is not on this machine; the message says how to get it.</exception>
    public static void Apply(RecommenderBuilder builder, string name)
    {
        switch (name.ToLowerInvariant())
        {
            case Compact:
                break;
            case ResNet18:
                builder.UseOnnx(OnnxModel.ResNet18(FindResNet18()));
                break;
            case Both:
                builder.UseCompactNetwork().AndOnnx(OnnxModel.ResNet18(FindResNet18()), WeightBeside);
                break;
            default:
                throw new UsageException($"There is no network '{name}'. There are: {Compact}, {ResNet18}, {Both}.");
        }
    }

    /// <summary>Finds the file where NuGet keeps packages: the command would be three times as large with it inside.</summary>
    private static string FindResNet18()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = new DirectoryInfo(Path.Combine(packages, Package));
        var versions = folder.Exists ? folder.GetDirectories() : [];
        return versions.OrderByDescending(version => version.Name, StringComparer.Ordinal)
            .Select(version => Path.Combine(version.FullName, "tools", "DnnImageModels", "ResNet18Onnx", "ResNet18.onnx"))
            .FirstOrDefault(File.Exists)
            ?? throw new CatalogException(
                $"ResNet-18 is not on this machine (looked in {folder.FullName}). Download it once, 60 MB: "
                + "dotnet package download Microsoft.ML.DnnImageFeaturizer.ResNet18@0.23.1");
    }
}
