using System.Globalization;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Holds a command and its arguments.</summary>
internal sealed record StoreCommand(string Name, params object[] Arguments)
{
    /// <summary>Returns the command in one line; bytes are shown by their number.</summary>
    public override string ToString() =>
        string.Join(' ', Arguments.Select(Shown).Prepend(Name));

    private static string Shown(object argument) => argument switch
    {
        byte[] bytes => string.Create(CultureInfo.InvariantCulture, $"<{bytes.Length} bytes>"),
        RedisKey key => key.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => argument.ToString() ?? "",
    };
}
