using DrawnProducts;
using ImageRec;

namespace Cluster;

/// <summary>Indexes its half of the shop's products. Whichever worker is first fits the pipeline; the other waits for that.</summary>
internal static class WorkerRole
{
    public static async Task RunAsync(string connection, int number, CancellationToken cancellationToken)
    {
        await using var engine = await new RecommenderBuilder { FitSampleRows = 60 }.RankByCosine(options => options.Recall = 0.99)
            .BuildAsync(
                Shop.CatalogOf(Shop.Products), Shop.Catalog(connection, TimeSpan.FromSeconds(60)), part: new CatalogPart(number, of: 2),
                cancellationToken: cancellationToken);
        var report = engine.Report!;
        Console.WriteLine(
            $"worker {number}: computed {report.Computed} of {Shop.Products.Count} products, met {report.Reused} that were there");
    }
}
