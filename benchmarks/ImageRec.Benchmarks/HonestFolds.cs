using System.Globalization;
using System.Text;
using ImageRec.Evaluation;
using ImageRec.Features;
using ImageRec.Learning;
using ImageRec.Reduction;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks;

/// <summary>
/// What learning believes of itself where a catalog has several nearly equal photos of each product, beside what strangers get.
/// </summary>
internal static class HonestFolds
{
    private const int Views = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var root = Repository.Root();
        var photos = arguments.Text("--photos", Path.Combine(root, "..", "shared", "data", "clothing"));
        var network = arguments.Text("--alexnet", Path.Combine(root, "..", "shared", "models", "alexnet-bvlc-conv.onnx"));
        var most = arguments.Number("--most", 1000);
        var all = ImageCatalog.FromFolder(Path.Combine(photos, "train")).Entries.ToList();
        new Random(1).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(all));
        var chosen = all.Take(most).ToList();
        var strangers = ImageCatalog.FromFolder(Path.Combine(photos, "validation")).Entries.ToList();
        var report = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # Honest folds

            `dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- folds [--photos DIR] [--alexnet FILE] [--most PRODUCTS]`: {chosen.Count:N0} products drawn from `clothing/train`, each once as
            it is or {Views} times with small changes of crop (up to 5 % a side), light (up to 12 %) and JPEG quality (60 to 92), made in memory; strangers are the {strangers.Count:N0} photos of
            `clothing/validation`. Groups are found by the rows alone. Calibration error: of the probabilities strangers are told. Even perfect ones measure a few hundredths on so few queries.

            | network | catalog | folds | groups | accuracy believed | accuracy of strangers | temperature | calibration error |
            | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |

            """));
        List<OnnxModel> models = File.Exists(network) ? [OnnxModel.AlexNet(network, "pool5"), OnnxModel.Compact] : [OnnxModel.Compact];
        foreach (var model in models)
        {
            using var extractor = new OnnxFeatureExtractor(model);
            var asked = await PictureRows.UnitAsync(extractor, [.. strangers.Select(entry => entry.Image)]);
            foreach (var views in new[] { 1, Views })
            {
                var entries = chosen.SelectMany((entry, i) => Enumerable.Range(0, views).Select(
                    view => (entry.Category, Image: views == 1 ? entry.Image : ChangedPhoto.Of(entry.Image, (i * views) + view)))).ToList();
                var rows = await PictureRows.UnitAsync(extractor, entries.ConvertAll(entry => entry.Image));
                var study = new Study(extractor, rows, entries.ConvertAll(entry => entry.Category), asked,
                    strangers.ConvertAll(entry => entry.Category!));
                foreach (var line in study.Lines(views == 1 ? "each once" : "each three times"))
                {
                    Console.WriteLine(line);
                    report.AppendLine(line);
                }
            }
        }
        await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", "honest-folds.md"),
            $"{report}{Environment.NewLine}{Machine.Describe()}{Environment.NewLine}");
        return 0;
    }

    private sealed class Study(
        OnnxFeatureExtractor extractor, FeatureMatrix features, List<string?> categories, FeatureMatrix asked, List<string> truth)
    {
        public IEnumerable<string> Lines(string catalog)
        {
            var context = new FitContext(1);
            var projection =
                (extractor.Dimensions > PcaReducer.DimensionsForCategories
                ? (IReducer)new PcaReducer { DefaultDimensions = PcaReducer.DimensionsForCategories }
                : new NoReduction()).Fit(features, context);
            var (rows, queries) = (Answering.RowPipeline.Reduce(features, projection), Answering.RowPipeline.Reduce(asked, projection));
            // Every row a thing of its own: only equal rows stay together, as it was before.
            var apart = new RowFacts([.. Enumerable.Range(0, rows.Rows).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
            yield return Line("by photo", apart);
            yield return Line("by product", new RowFacts());
            if (KnownPhotos.Of(extractor, features) is { } known)
                yield return Line("by product, knowing what the network knows", new RowFacts(KnownToNetwork: known));

            string Line(string folds, RowFacts facts)
            {
                var learned = new CategoryStudy(new KernelRidgeLearner(), weight: null, CategoryOptionsFolds)
                    .Run(rows, categories, context, facts);
                var labels = truth.Select(learned.NumberOf).ToArray();
                var told = learned.Predict(queries);
                var believed = learned.Report.IsFlattered
                    ? "not known"
                    : learned.Report.HeldOutAccuracy.ToString("0.000", CultureInfo.InvariantCulture);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {extractor.Name} | {catalog} | {folds} | {learned.Report.HeldOutGroups:N0} | {believed} | "
                    + $"{Calibration.Accuracy(told, labels):0.000} | {learned.Report.Temperature:0.00} | "
                        + $"{Calibration.ExpectedError(told, labels):0.000} |");
            }
        }

        private const int CategoryOptionsFolds = Building.CategoryChoice.UsualFolds;
    }
}
