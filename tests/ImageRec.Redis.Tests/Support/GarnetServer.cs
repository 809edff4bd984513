namespace ImageRec.Redis.Tests.Support;

/// <summary>One server for the tests of a class.</summary>
public sealed class GarnetServer : IAsyncLifetime
{
    private GarnetProcess? _server;

    internal string Address => _server!.Address;

    public async ValueTask InitializeAsync() => _server = await GarnetProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
