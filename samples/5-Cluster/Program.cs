using System.Runtime.InteropServices;
using Cluster;

// A catalog that two shop front ends share, on a cluster of four servers of which one is killed:
// dotnet run -c Release --project samples/5-Cluster
// Servers, workers and front ends are processes of their own, started from this program with the name of what they do.
if (args is [var role, .. var arguments])
    return await Roles.RunAsync(role, arguments);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => { signal.Cancel = true; stop.Cancel(); });
try
{
    await Play.RunAsync(stop.Token);
    return 0;
}
catch (Exception e) when (e is IOException or InvalidOperationException or TimeoutException or ImageRec.ImageRecException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.WriteLine("Stopped; the servers are ended and their folder is deleted.");
    return 130;
}
