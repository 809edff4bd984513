using Experiment;
using ImageRec;
using ImageRec.Evaluation;

// Which network, which dimensions and which weighting suit these images?
// dotnet run --project samples/4-Experiment [-- --photos DIR --queries DIR --alexnet FILE]
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
var output = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "imagerec-experiment")).FullName;
try
{
    var arguments = Arguments.Parse(args);
    var photos = arguments.Photos is { } folder ? ImageCatalog.FromFolder(folder) : DrawnShop.Draw(Path.Combine(output, "photos"));
    var queries = arguments.Queries is { } held ? ImageCatalog.FromFolder(held) : null;

    var grid = new ExperimentGrid
    {
        Extractors = arguments.AlexNet is { } file
            ? [ExperimentExtractor.Onnx(OnnxModel.AlexNet(file, "pool5"))]
            : [ExperimentExtractor.Onnx(OnnxModel.Compact), ExperimentExtractor.Onnx(ResNet18Network.Model)],
        Axes = [ExperimentAxis.Pca([128, 32], weightings: [0.25, -1])],
    };

    // The features stay in the cache: run it again with other axes, or after Ctrl-C, and no image is computed twice.
    var options = new ExperimentOptions { CacheFile = Path.Combine(output, "features.cache"), Folds = 3, Compare = "precision@5" };
    var table = await grid.RunAsync(photos, queries, options, new ConsoleProgress(), stop.Token);
    Console.WriteLine(table.ToMarkdown());
    File.WriteAllText(Path.Combine(output, "experiment.csv"), table.ToCsv());

    // A report to look at, and rows for Python.
    var builder = new RecommenderBuilder();
    if (arguments.AlexNet is { } network)
        builder.UseOnnx(OnnxModel.AlexNet(network));
    await using var engine = await builder.BuildAsync(photos, cancellationToken: stop.Token);
    await engine.ExportNumpyAsync(output, stop.Token);
    var report = new ReportOptions<CatalogItem> { Title = arguments.Photos is null ? "Drawn products" : "Photos" };
    if (queries is not null)
    {
        report.Evaluation = await engine.EvaluateAsync(queries, cancellationToken: stop.Token);
        report.QueryImage = queries.Entries.ToDictionary(q => q.Id, q => q.Image).GetValueOrDefault;
    }
    await engine.WriteReportAsync(Path.Combine(output, "report.html"), report, new ConsoleProgress(), stop.Token);
    Console.WriteLine($"Table, rows and report: {output}");
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped. Run it again: what was computed is kept.");
    return 130;
}
catch (Exception e) when (e is ArgumentException or ImageRecException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
