using Garnet;

namespace Cluster;

/// <summary>
/// A Garnet server, from the package Microsoft.Garnet; elsewhere it would be the tool garnet-server with the same arguments.
/// </summary>
internal static class ServerRole
{
    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var server = new GarnetServer(arguments);
        server.Start();
        Console.WriteLine("started");
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
