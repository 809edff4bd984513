using System.Net;
using System.Net.Sockets;

namespace Shop;

/// <summary>Finds a port nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>The preferred port, or any free one when it is taken.</summary>
    public static string Url(int preferred)
    {
        using var probe = new TcpListener(IPAddress.Loopback, preferred);
        try
        {
            probe.Start();
            return $"http://localhost:{preferred}";
        }
        catch (SocketException)
        {
            return "http://127.0.0.1:0";
        }
    }
}
