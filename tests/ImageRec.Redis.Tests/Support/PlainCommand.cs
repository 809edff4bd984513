using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageRec.Redis.Tests.Support;

/// <summary>Sends one command to one server, over a socket of its own.</summary>
internal static class PlainCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <returns>The reply as text; parts of an array are parted by spaces.</returns>
    /// <exception cref="IOException">The server is away, or refuses the command.</exception>
    public static async Task<string> ExecuteAsync(int port, params object[] command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).WaitAsync(s_patience);
        var stream = client.GetStream();
        var words = Array.ConvertAll(command, word => Convert.ToString(word, CultureInfo.InvariantCulture)!);
        var lines = words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        var text = string.Concat(lines.Prepend($"*{words.Length}\r\n"));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await ReadAsync(reader).WaitAsync(s_patience);
    }

    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var line = await reader.ReadLineAsync() ?? throw new IOException("The server has closed the connection.");
        var rest = line[1..];
        switch (line[0])
        {
            case '-':
                throw new IOException(rest);
            case '$' when int.Parse(rest, CultureInfo.InvariantCulture) is >= 0 and var length:
                // Replies asked for here are ASCII: a character is a byte.
                var value = new char[length + 2];
                await reader.ReadBlockAsync(value);
                return new string(value, 0, length);
            case '*':
                var parts = new List<string>();
                for (var i = int.Parse(rest, CultureInfo.InvariantCulture); i > 0; i--)
                    parts.Add(await ReadAsync(reader));
                return string.Join(' ', parts);
            default:
                return rest;
        }
    }
}
