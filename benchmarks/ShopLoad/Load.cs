using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopLoad;

/// <summary>Several clients that ask as fast as they are answered, and what they saw.</summary>
internal sealed class Load(ServerProcess server, int requests, int clients, TimeSpan time)
{
    public async Task<int> RunAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var pictures = folder.EnumerateFiles("*.jpg", SearchOption.AllDirectories)
            .OrderBy(f => f.FullName, StringComparer.Ordinal).Take(500)
            .Select(f => File.ReadAllBytes(f.FullName)).ToList();
        var page = await server.Client.GetFromJsonAsync<JsonElement>("/visual/items?pageSize=100", cancellationToken);
        var ids = page.GetProperty("products").EnumerateArray().Select(p => p.GetProperty("id").GetString()!).ToList();
        Console.WriteLine(
            $"{pictures.Count} pictures to upload, {pictures.Average(p => p.Length) / 1024:F0} KB on average; {clients} clients at once");

        for (var i = 0; i < 50; i++)
            await UploadAsync(pictures[i % pictures.Count], cancellationToken);
        Console.WriteLine();
        Console.WriteLine("| question | answered | other | a second | median ms | p95 ms | p99 ms | worst ms | memory MB, start to end |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|---|");
        var refused = await MeasureAsync(
            "by picture", i => UploadAsync(pictures[i % pictures.Count], cancellationToken), cancellationToken);
        refused += await MeasureAsync("by id", i => ByIdAsync(ids[i % ids.Count], cancellationToken), cancellationToken);
        return refused == 0 ? 0 : 1;
    }

    private async Task<int> MeasureAsync(string name, Func<int, Task<bool>> ask, CancellationToken cancellationToken)
    {
        var latencies = new ConcurrentBag<double>();
        var memory = new List<double> { server.Memory };
        var (next, refused) = (-1, 0);
        var clock = Stopwatch.StartNew();
        using var sampling = new Timer(_ =>
        {
            lock (memory)
                memory.Add(server.Memory);
        }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < time && Interlocked.Increment(ref next) is var i && i < requests)
            {
                var start = Stopwatch.GetTimestamp();
                if (await ask(i))
                    latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                else
                    Interlocked.Increment(ref refused);
            }
        }, cancellationToken)));
        var sorted = latencies.Order().ToList();
        double At(double share) => sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];
        lock (memory)
        {
            memory.Add(server.Memory);
            var way = string.Join(" ", Enumerable.Range(0, 8)
                .Select(i => memory[i * (memory.Count - 1) / 7].ToString("F0", CultureInfo.InvariantCulture)));
            Console.WriteLine(
                $"| {name} | {sorted.Count:N0} | {refused:N0} | {sorted.Count / clock.Elapsed.TotalSeconds:F0} | {At(0.5):F1} | "
                + $"{At(0.95):F1} | {At(0.99):F1} | {sorted[^1]:F1} | {way} |");
        }
        return refused;
    }

    private async Task<bool> UploadAsync(byte[] picture, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using var response = await server.Client.PostAsync("/visual/recommendations", content, cancellationToken);
        return await IsAnsweredAsync(response, cancellationToken);
    }

    private async Task<bool> ByIdAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await server.Client.GetAsync($"/visual/recommendations/{Uri.EscapeDataString(id)}", cancellationToken);
        return await IsAnsweredAsync(response, cancellationToken);
    }

    private static async Task<bool> IsAnsweredAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.IsSuccessStatusCode
        && (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("recommendations").GetArrayLength() == 5;
}
