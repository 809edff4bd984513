using System.Globalization;

namespace Cluster;

/// <summary>What a process of the sample does, by name.</summary>
internal static class Roles
{
    public const string Server = "server";
    public const string Worker = "worker";
    public const string FrontEnd = "front-end";

    public static async Task<int> RunAsync(string role, string[] arguments)
    {
        // The standard input ends when the process that has started this one does, however that ends.
        using var stop = new CancellationTokenSource();
        _ = Task.Run(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }
            stop.Cancel();
        });
        try
        {
            await (role switch
            {
                Server => ServerRole.RunAsync(arguments, stop.Token),
                Worker => WorkerRole.RunAsync(arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), stop.Token),
                FrontEnd => FrontEndRole.RunAsync(arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), stop.Token),
                _ => throw new ArgumentException($"'{role}' is no role; run this without arguments."),
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        return 0;
    }
}
