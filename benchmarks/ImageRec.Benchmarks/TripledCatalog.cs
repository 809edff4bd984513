using System.Globalization;
using System.Text;
using ImageRec.Evaluation;
using ImageRec.Evaluation.Caching;
using ImageRec.Features;
using ImageRec.Learning;

namespace ImageRec.Benchmarks;

/// <summary>
/// How far the probabilities of catalogs with three nearly equal photos of each product are off for photos of other products, by networks
/// that have learned from none of them.
/// </summary>
internal static class TripledCatalog
{
    private const int Views = 3;
    private const double Bar = 0.08;

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var root = Repository.Root();
        var shared = Path.Combine(root, "..", "shared");
        var photos = arguments.Text("--photos", Path.Combine(shared, "data", "clothing"));
        var models = arguments.Text("--models", Path.Combine(shared, "models"));
        var products = ImageCatalog.FromFolder(Path.Combine(photos, "train")).Entries.ToArray();
        new Random(1).Shuffle(products);
        var strangers = ImageCatalog.FromFolder(Path.Combine(photos, "validation"));
        var report = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # Calibration on a tripled catalog

            `dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- tripled-catalog [--photos DIR] [--models DIR]`: products drawn from `clothing/train`, each once as it is or
            {Views} times with small changes of crop (up to 5 % a side), light (up to 12 %) and JPEG quality (60 to 92), are built with `LearnCategories()` and asked with the
            {strangers.Entries.Count():N0} photos of `clothing/validation`. Neither network has learned from any of them. Folds: by photo (each photo a group of its own), found (groups
            found by the rows, the default) and named (`ToCatalog(..., group: product)`). Believed: what `Categories` of the build says, by cross-validation. Strangers:
            `EvaluateAsync`. Chance: the calibration error that perfect probabilities of the same size would measure on so few queries, the mean of 1,000 draws. Asked for: at
            most {Bar} for strangers on the tripled catalog.

            | network | products | photos | learned from | folds | groups | accuracy believed | accuracy of strangers | temperature | calibration error believed | calibration error of strangers | chance |
            | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |

            """));
        OnnxModel[] networks = [OnnxModel.AlexNet(Path.Combine(models, "alexnet-bvlc-conv.onnx")),
            OnnxModel.SqueezeNet(Path.Combine(models, "squeezenet1.0.onnx"))];
        var scratch = Directory.CreateTempSubdirectory("imagerec-tripled-");
        try
        {
            foreach (var network in networks)
            {
                using var extractor = new CachedFeatureExtractor(
                    new OnnxFeatureExtractor(network), Path.Combine(scratch.FullName, "features"));
                foreach (var most in new[] { 300, 1000, products.Length })
                {
                    foreach (var views in new[] { 1, Views })
                    {
                        var catalog = await ViewsAsync(products[..most], views);
                        foreach (var folds in views == 1 ? ["by photo", "found"] : new[] { "by photo", "found", "named" })
                        {
                            var line = await LineAsync(extractor, catalog, most, folds, strangers);
                            Console.WriteLine(line);
                            report.AppendLine(line);
                        }
                    }
                }
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
        await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", "tripled-catalog.md"),
            $"{report}{Environment.NewLine}{Machine.Describe()}{Environment.NewLine}");
        return 0;
    }

    private static async Task<List<Photo>> ViewsAsync(CatalogEntry<CatalogItem>[] products, int views)
    {
        var made = new Photo[products.Length * views];
        await Parallel.ForAsync(0, made.Length, async (i, token) =>
        {
            var product = products[i / views];
            var image = views == 1 ? product.Image : ChangedPhoto.Of(product.Image, i);
            var bytes = await image.ReadAsync(cancellationToken: token);
            made[i] = new Photo($"{product.Id} {i % views}", product.Id, product.Category!, bytes);
        });
        return [.. made];
    }

    private static async Task<string> LineAsync(
        CachedFeatureExtractor extractor, List<Photo> photos, int products, string folds, ImageCatalog<CatalogItem> strangers)
    {
        var catalog = photos.ToCatalog(photo => photo.Id, photo => ImageSource.FromBytes(photo.Bytes, photo.Id), photo => photo.Category,
            group: folds switch { "by photo" => photo => photo.Id, "named" => photo => photo.Product, _ => null });
        await using var shop = await new RecommenderBuilder().UseExtractor(extractor).LearnCategories().WithoutClusters()
            .BuildAsync(catalog);
        var measured = await shop.EvaluateAsync(strangers, new EvaluationOptions { TimedQueries = 0 });
        var learned = shop.Categories!;
        var told = measured.PerQuery.Select(query => (float)query.PredictedProbability!).ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {extractor.Name} | {products:N0} | {photos.Count:N0} | {learned.LabeledRows:N0} | {folds} | {learned.HeldOutGroups:N0} "
            + $"| {learned.HeldOutAccuracy:0.000} | {measured.Confusion.Accuracy:0.000} | {learned.Temperature:0.00} "
            + $"| {learned.CalibrationError:0.000} | {measured.CalibrationError:0.000} | {Chance(told):0.000} |");
    }

    private static double Chance(float[] probabilities)
    {
        var random = new Random(1);
        return Enumerable.Range(0, 1000).Average(_ => Calibration.ExpectedError(
            probabilities.Select(probability => (probability, random.NextSingle() < probability))));
    }

    private sealed record Photo(string Id, string Product, string Category, ReadOnlyMemory<byte> Bytes);
}
