using System.Globalization;

namespace Cluster;

/// <summary>Two primaries and two replicas, made a cluster by commands alone.</summary>
internal sealed class GarnetCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagerec-cluster-");
    private readonly GarnetNode[] _nodes;

    public GarnetCluster() => _nodes = [.. Enumerable.Range(0, 4).Select(
        i => new GarnetNode(Path.Combine(_folder.FullName, i.ToString(CultureInfo.InvariantCulture))))];

    public GarnetNode[] Primaries => _nodes[..2];

    public GarnetNode[] Replicas => _nodes[2..];

    /// <summary>Gets all addresses: whichever servers live, one of them knows the others.</summary>
    public string Connection => string.Join(',', _nodes.Select(node => node.Address));

    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        foreach (var node in _nodes)
            await node.StartedAsync(cancellationToken);
        for (var i = 0; i < _nodes.Length; i++)
            await _nodes[i].ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"CLUSTER SET-CONFIG-EPOCH {i + 1}"));
        await Primaries[0].ExecuteAsync("CLUSTER ADDSLOTSRANGE 0 8191");
        await Primaries[1].ExecuteAsync("CLUSTER ADDSLOTSRANGE 8192 16383");
        foreach (var node in _nodes[1..])
            await node.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"CLUSTER MEET 127.0.0.1 {_nodes[0].Port}"));
        foreach (var node in _nodes)
            await UntilAsync(
                async () => await node.ExecuteAsync("CLUSTER NODES") is var nodes && Has(nodes, " 0-8191") && Has(nodes, " 8192-16383")
                    && nodes.Count(c => c == '\n') == _nodes.Length, cancellationToken);
        for (var i = 0; i < Replicas.Length; i++)
            await Replicas[i].ExecuteAsync($"CLUSTER REPLICATE {await Primaries[i].ExecuteAsync("CLUSTER MYID")}");
        foreach (var primary in Primaries)
            await UntilAsync(
                async () => Has(await primary.ExecuteAsync("INFO replication"), "state=online"), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    private static async Task UntilAsync(Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            try
            {
                if (await isSo())
                    return;
            }
            catch (IOException)
            {
                // It is busy with becoming so.
            }
            await Task.Delay(200, cancellationToken);
        }
        throw new TimeoutException("The servers did not become a cluster within a minute.");
    }
}
