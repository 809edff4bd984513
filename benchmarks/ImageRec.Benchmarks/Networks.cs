using System.Text;
using ImageRec.Evaluation;
using ImageRec.Features;

namespace ImageRec.Benchmarks;

/// <summary>
/// What the rows of different networks, and of different tensors of one, are worth: on clothes, asked with photos kept apart, and on
/// furniture, in folds. None of the networks was trained on either, but for the one inside the package, which knows the clothes.
/// </summary>
internal static class Networks
{
    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var root = Repository.Root();
        var data = arguments.Text("--data", Path.Combine(root, "..", "shared", "data"));
        var models = arguments.Text("--models", Path.Combine(root, "..", "shared", "models"));
        var clothes = ImageCatalog.FromFolder(Path.Combine(data, "clothing", "train"));
        var queries = ImageCatalog.FromFolder(Path.Combine(data, "clothing", "validation"));
        var furniture = ImageCatalog.FromFolder(Path.Combine(data, "furniture"));
        var grid = new ExperimentGrid { Extractors = [.. Extractors(models)], Axes = [ExperimentAxis.Pca([128])] };
        var report = new StringBuilder("""
            # Networks and their tensors

            `dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- networks [--data DIR] [--models DIR]`: cosine over PCA 128 of each
            network's rows; of joined networks each is reduced by itself. Every figure with its 95 % bootstrap interval; p against the first row of its table.

            """);
        await AddAsync("Clothes, asked with photos kept apart", await grid.RunAsync(clothes, queries, Options()));
        await AddAsync("Furniture, in five folds", await grid.RunAsync(furniture, options: Options()));
        var learned = new ExperimentGrid
        {
            Extractors = [ExperimentExtractor.Onnx(OnnxModel.Compact), .. Joined()],
            Axes = [ExperimentAxis.Pca([256]), ExperimentAxis.Of("learner", ("kernel ridge", builder => builder.LearnCategories()))],
        };
        await AddAsync("Clothes, with learned categories and PCA 256", await learned.RunAsync(clothes, queries, Options()));
        return 0;

        async Task AddAsync(string title, ExperimentTable table)
        {
            report.AppendLine().AppendLine("## " + title).AppendLine().AppendLine(table.ToMarkdown());
            Console.WriteLine(table.ToMarkdown());
            await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", "networks.md"),
                $"{report}{Environment.NewLine}{Machine.Describe()}{Environment.NewLine}");
        }
    }

    private static ExperimentOptions Options() => new() { Compare = "precision@5" };

    private static IEnumerable<ExperimentExtractor> Extractors(string models)
    {
        yield return ExperimentExtractor.Onnx(OnnxModel.Compact);
        if (Path.Combine(models, "alexnet-bvlc-conv.onnx") is var alexnet && File.Exists(alexnet))
        {
            yield return ExperimentExtractor.Onnx(OnnxModel.AlexNet(alexnet, "pool5"));
            yield return ExperimentExtractor.Onnx(OnnxModel.AlexNet(alexnet, "conv5"));
        }
        if (Path.Combine(models, "squeezenet1.0.onnx") is var squeezeNet && File.Exists(squeezeNet))
        {
            yield return ExperimentExtractor.Onnx(OnnxModel.SqueezeNet(squeezeNet, "prob"));
            yield return ExperimentExtractor.Onnx(OnnxModel.SqueezeNet(squeezeNet, "features"));
        }
        yield return ResNet18("pooling", ResNet18Network.Pooling, RowPooling.Flatten);
        yield return ResNet18("convolution", ResNet18Network.Convolution, RowPooling.Flatten);
        yield return ResNet18("quarters of the convolution", ResNet18Network.Convolution, RowPooling.Quarters);
        foreach (var joined in Joined())
            yield return joined;
    }

    private static IEnumerable<ExperimentExtractor> Joined() =>
        from weight in new[] { 0.5f, 0.7f, 1 } select ExperimentExtractor.Joined((OnnxModel.Compact, 1), (ResNet18Network.Model, weight));

    private static ExperimentExtractor ResNet18(string tensor, string output, RowPooling pooling)
    {
        var model = ResNet18Network.Model;
        (model.Output, model.Pooling, model.Name) = (output, pooling, $"resnet18, {tensor}");
        return ExperimentExtractor.Onnx(model);
    }
}
