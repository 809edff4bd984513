using System.Globalization;
using DrawnProducts;
using ImageRec;

namespace Cluster;

/// <summary>Starts everything, kills a server, and says what came of it.</summary>
internal static class Play
{
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_alarm = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("Starting two primaries and two replicas.");
        await using var cluster = new GarnetCluster();
        await cluster.JoinAsync(cancellationToken);

        Console.WriteLine($"Indexing {Shop.Products.Count} drawn products with two workers.");
        await using (var first = Worker(1))
        await using (var second = Worker(2))
            await Task.WhenAll(first.EndAsync(cancellationToken), second.EndAsync(cancellationToken));

        Console.WriteLine("Opening two front ends, which ask and change the catalog from now on.");
        await using var left = new FrontEnd(cluster.Connection, 1);
        await using var right = new FrontEnd(cluster.Connection, 2);
        await Task.WhenAll(left.OpenAsync(cancellationToken), right.OpenAsync(cancellationToken));
        await Task.Delay(s_calm, cancellationToken);

        Console.WriteLine($"Killing the primary at {cluster.Primaries[0].Address}.");
        await cluster.Primaries[0].KillAsync();
        // Nobody takes over by itself: whoever watches the servers decides.
        await Task.Delay(s_alarm, cancellationToken);
        Console.WriteLine($"Promoting its replica at {cluster.Replicas[0].Address}.");
        await cluster.Replicas[0].ExecuteAsync("CLUSTER FAILOVER TAKEOVER");
        await Task.Delay(2 * s_calm, cancellationToken);
        await Task.WhenAll(left.StopAsync(cancellationToken), right.StopAsync(cancellationToken));

        await using var shop = await new RecommenderBuilder().OpenAsync<DrawnProduct>(
            Shop.Catalog(cluster.Connection, TimeSpan.FromSeconds(5)), cancellationToken);
        Print(left, "front end 1");
        Print(right, "front end 2");
        await PrintLostAsync(shop, [.. Shop.Products.Select(product => product.Sku)], "products indexed", cancellationToken);
        await PrintLostAsync(shop, [.. left.Acknowledged, .. right.Acknowledged], "changes acknowledged", cancellationToken);
        foreach (var shard in await shop.CheckHealthAsync(cancellationToken))
            Console.WriteLine(Invariant(
                $"shard {shard.Shard}: {shard.Items} items on {shard.Server}, answered in {shard.Latency.TotalMilliseconds:F1} ms"));

        ChildProcess Worker(int number) => new(
            Roles.Worker, [cluster.Connection, number.ToString(CultureInfo.InvariantCulture)], folder: null,
            line => Console.WriteLine($"  {line}"));
    }

    private static void Print(FrontEnd end, string name)
    {
        Console.WriteLine(Invariant(
            $"{name}: asked {end.Answered + end.Failed}, answered {end.Answered} (median {end.MedianMilliseconds:F1} ms), ")
            + Invariant($"failed {end.Failed}; ") + Invariant($"changes acknowledged {end.Acknowledged.Count}, refused {end.Refused}; ")
            + Invariant($"longest time without an answer {end.LongestGap.TotalSeconds:F1} s"));
        foreach (var (error, count) in end.Errors)
            Console.WriteLine($"  {count} x {error}");
    }

    /// <remarks>
    /// A replica follows its primary, it does not hold it up: what was acknowledged in the moment before the kill may not have reached it.
    /// </remarks>
    private static async Task PrintLostAsync(
        SharedRecommendationEngine<DrawnProduct> shop, string[] ids, string what, CancellationToken cancellationToken)
    {
        var found = await shop.GetAsync(ids, cancellationToken);
        Console.WriteLine(Invariant($"{what}: {ids.Length}, lost {ids.Length - found.Count}"));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
