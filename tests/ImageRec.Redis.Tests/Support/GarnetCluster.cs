using System.Globalization;

namespace ImageRec.Redis.Tests.Support;

/// <summary>
/// A cluster of Garnet servers, made by commands alone: primaries with equal parts of the slots, each with a replica or without.
/// </summary>
internal sealed class GarnetCluster : IAsyncDisposable
{
    private const int Slots = 16384;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private GarnetCluster(GarnetProcess[] primaries, GarnetProcess[] replicas) => (Primaries, Replicas) = (primaries, replicas);

    public IReadOnlyList<GarnetProcess> Primaries { get; }

    /// <summary>Gets the replicas in the order of their primaries; none in a cluster without.</summary>
    public IReadOnlyList<GarnetProcess> Replicas { get; }

    public string Connection => string.Join(',', Primaries.Concat(Replicas).Select(server => server.Address));

    public static async Task<GarnetCluster> StartAsync(int primaries, bool withReplicas, CancellationToken cancellationToken)
    {
        string[] more = ["--cluster", "--gossip-delay", "1"];
        var servers = await Task.WhenAll(Enumerable.Range(0, withReplicas ? 2 * primaries : primaries)
            .Select(_ => GarnetProcess.StartAsync(more)));
        var cluster = new GarnetCluster(servers[..primaries], servers[primaries..]);
        try
        {
            await cluster.JoinAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a replica the primary of what it holds, whether its primary lives or not.</summary>
    public static async Task TakeOverAsync(GarnetProcess replica, CancellationToken cancellationToken)
    {
        await replica.ExecuteAsync("CLUSTER", "FAILOVER", "TAKEOVER");
        await UntilAsync(
            async () => (await replica.ExecuteAsync("ROLE")).Contains("master", StringComparison.Ordinal), $"{replica.Address} takes over",
            cancellationToken);
    }

    /// <summary>Waits until a replica has all that its primary has.</summary>
    public static Task CaughtUpAsync(GarnetProcess primary, GarnetProcess replica, CancellationToken cancellationToken) => UntilAsync(
        async () => Offset(await primary.ExecuteAsync("INFO", "replication"), "master_repl_offset") is { } wanted
            && Offset(await replica.ExecuteAsync("INFO", "replication"), "master_repl_offset") == wanted,
        $"{replica.Address} has caught up with {primary.Address}", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Replicas.Concat(Primaries))
            await server.DisposeAsync();
    }

    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        GarnetProcess[] servers = [.. Primaries, .. Replicas];
        for (var i = 0; i < servers.Length; i++)
            await servers[i].ExecuteAsync("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
        for (var i = 0; i < Primaries.Count; i++)
            await Primaries[i].ExecuteAsync(
                "CLUSTER", "ADDSLOTSRANGE", i * Slots / Primaries.Count, (i + 1) * Slots / Primaries.Count - 1);
        foreach (var server in servers.Skip(1))
            await server.ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", servers[0].Port);
        foreach (var server in servers)
            await UntilAsync(
                async () => Lines(await server.ExecuteAsync("CLUSTER", "NODES")) is { } nodes && nodes.Length == servers.Length
                    && nodes.Count(IsPrimaryWithSlots) == Primaries.Count,
                $"{server.Address} knows the others", cancellationToken);
        for (var i = 0; i < Replicas.Count; i++)
            await Replicas[i].ExecuteAsync("CLUSTER", "REPLICATE", (await Primaries[i].ExecuteAsync("CLUSTER", "MYID")).Trim());
        for (var i = 0; i < Replicas.Count; i++)
            foreach (var server in servers)
                await UntilAsync(
                    async () => Lines(await server.ExecuteAsync("CLUSTER", "NODES")).Count(IsReplica) == Replicas.Count,
                    $"{server.Address} knows the replicas", cancellationToken);
        for (var i = 0; i < Replicas.Count; i++)
            await CaughtUpAsync(Primaries[i], Replicas[i], cancellationToken);
    }

    // "id host:port@bus,name flags primary ping pong epoch state slots...".
    private static bool IsPrimaryWithSlots(string node) => node.Split(' ') is { Length: > 8 } parts
        && parts[2].Contains("master", StringComparison.Ordinal) && parts[8].Contains('-', StringComparison.Ordinal);

    private static bool IsReplica(string node) => node.Split(' ') is { Length: > 2 } parts
        && parts[2].Contains("slave", StringComparison.Ordinal);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static long? Offset(string info, string name) => Lines(info)
        .Where(line => line.StartsWith($"{name}:", StringComparison.Ordinal))
        .Select(line => long.TryParse(line[(name.Length + 1)..], CultureInfo.InvariantCulture, out var offset) ? offset : (long?)null)
        .FirstOrDefault();

    private static async Task UntilAsync(Func<Task<bool>> isSo, string what, CancellationToken cancellationToken)
    {
        for (var start = DateTime.UtcNow; !await IsSoAsync();)
        {
            if (DateTime.UtcNow - start > s_patience)
                throw new TimeoutException($"Not within {s_patience}: {what}.");
            await Task.Delay(100, cancellationToken);
        }

        async Task<bool> IsSoAsync()
        {
            try
            {
                return await isSo();
            }
            catch (IOException)
            {
                // It is busy with becoming so.
                return false;
            }
        }
    }
}
