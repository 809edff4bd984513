using System.Globalization;

namespace ImageRec.Torture.Cluster;

/// <summary>A worker: indexes its part of the base, slowly enough to be killed in the middle.</summary>
internal static class IndexingChild
{
    public const string Role = "cluster-indexes";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (connection, number, of, count) = (arguments[0], Number(arguments[1]), Number(arguments[2]), Number(arguments[3]));
        var batches = 0;
        var extractor = new RowExtractor(async stop =>
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"batch {++batches}"));
            await Task.Delay(50, stop);
        });
        await using var engine = await Things.Builder(extractor).BuildAsync(
            Things.Catalog(SharedThings.Base(count)), SharedThings.At(connection, 60), part: new CatalogPart(number, of));
        Console.WriteLine("indexed");
        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
