using DrawnProducts;
using ImageRec;
using ImageRec.Features;
using MLNetBothWays;
using Microsoft.ML;
using Microsoft.ML.Data;

// ImageRec in ML.NET and ML.NET in ImageRec, on products that are drawn here: dotnet run --project samples/3-MLNet [-- NETWORK.onnx]
var ml = new MLContext(seed: 1);
var products = DrawnCatalog.Create(240)
    .Select(product => new Product { Sku = product.Sku, Category = product.Category, Picture = product.Draw() })
    .ToList();
var data = ml.Data.LoadFromEnumerable(products);

// 1. A whole ML.NET pipeline as the extractor. This one takes small pixels; with ApplyOnnxModel at its end it would be a network.
//    It is made by itself here, because step 4 uses it too; for an engine alone there is the builder's UseMLNetExtractor.
using IFeatureExtractor pixels = MLNetExtractor.Create(
    "pixels 12 x 12", m => m.Transforms.ResizeImages("Small", 12, 12, "Image").Append(m.Transforms.ExtractPixels("Features", "Small")));

// 2. ML.NET's own estimator and trainer as reducer and clusterer.
await using var shop = await new RecommenderBuilder { Seed = 1 }
    .UseExtractor(pixels)
    .ReduceWithMLNet("ML.NET's PCA(24)", m => m.Transforms.ProjectToPrincipalComponents("Features", rank: 24))
    .ClusterWithMLNet("ML.NET's k-means(12)", m => m.Clustering.Trainers.KMeans(numberOfClusters: 12))
    .BuildAsync(products.ToCatalog(p => p.Sku, p => ImageSource.FromBytes(p.Picture, p.Sku), p => p.Category));
Console.WriteLine(shop.Describe());
Console.WriteLine(
    $"  like {products[0].Sku}: {string.Join(", ", (await shop.RecommendLikeAsync([products[0].Sku])).Select(hit => hit.Id))}");

// 3. The catalog's rows for any ML.NET trainer.
var rows = await shop.ToDataViewAsync();
var onRows = ml.Transforms.Conversion.MapValueToKey("Label", "Category").Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
var accuracy = ml.MulticlassClassification.CrossValidate(rows, onRows, numberOfFolds: 4).Average(fold => fold.Metrics.MicroAccuracy);
Console.WriteLine($"a classifier of the catalog's rows: accuracy {accuracy:F2} on products it has not seen");

// 4. ImageRec's features as a step of an ML.NET pipeline. Those of a network are saved with the model.
var network = args.FirstOrDefault() is { } path ? OnnxModel.AlexNet(path) : null;
var features = network is null
    ? ml.Transforms.ExtractImageFeatures("Features", "Picture", pixels)
    : ml.Transforms.ExtractImageFeatures("Features", "Picture", network);
var split = ml.Data.TrainTestSplit(data, testFraction: 0.25);
var pipeline = features.Append(ml.Transforms.Conversion.MapValueToKey("Label", "Category"))
    .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
ITransformer model = pipeline.Fit(split.TrainSet);
Report("a pipeline of images", model);
if (network is not null)
{
    using var zip = new MemoryStream();
    ml.Model.Save(model, data.Schema, zip);
    zip.Position = 0;
    Report($"the same, saved ({zip.Length / 1024:N0} KB) and loaded", new MLContext().Model.Load(zip, out _));
}
return 0;

void Report(string what, ITransformer fitted)
{
    var metrics = ml.MulticlassClassification.Evaluate(fitted.Transform(split.TestSet));
    Console.WriteLine($"{what}: accuracy {metrics.MicroAccuracy:F2} on products it has not seen");
}
