using System.Diagnostics;
using System.Globalization;
using DrawnProducts;
using ImageRec;

namespace Cluster;

/// <summary>A shop's web server, without the web: shoppers upload pictures, and now and then a product is put on sale.</summary>
internal static class FrontEndRole
{
    public const string Open = "open";
    public const string Answered = "answered";
    public const string Failed = "failed";
    public const string Acknowledged = "acknowledged";
    public const string Refused = "refused";
    private const int QuestionsPerChange = 4;

    public static async Task RunAsync(string connection, int number, CancellationToken cancellationToken)
    {
        await using var shop = await new RecommenderBuilder().OpenAsync<DrawnProduct>(
            Shop.Catalog(connection, TimeSpan.FromSeconds(5)), cancellationToken);
        Console.WriteLine(Open);
        var uploads = DrawnCatalog.Create(24, seed: 100 + number).Select(product => ImageSource.FromBytes(product.Draw())).ToArray();
        var arrivals = DrawnCatalog.Create(2000, seed: 200 + number);
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                if (i % QuestionsPerChange == QuestionsPerChange - 1)
                {
                    var arrival = arrivals[i / QuestionsPerChange % arrivals.Count];
                    arrival = arrival with { Sku = string.Create(CultureInfo.InvariantCulture, $"front-{number}-{i}") };
                    await shop.UpsertAsync(Shop.CatalogOf([arrival]), cancellationToken: cancellationToken);
                    Console.WriteLine($"{Acknowledged} {arrival.Sku}");
                }
                else
                {
                    var hits = await shop.RecommendAsync(uploads[i % uploads.Length], 10, cancellationToken);
                    var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    Console.WriteLine(hits.Count == 10
                        ? string.Create(CultureInfo.InvariantCulture, $"{Answered} {milliseconds:F1}")
                        : $"{Failed} {hits.Count} answers instead of 10");
                }
            }
            catch (SharedCatalogException e)
            {
                Console.WriteLine($"{(i % QuestionsPerChange == QuestionsPerChange - 1 ? Refused : Failed)} {e.Message}");
            }
        }
    }
}
