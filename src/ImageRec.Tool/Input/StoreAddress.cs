namespace ImageRec.Tool.Input;

/// <summary>Where a shared catalog is, as the command line says it: <c>redis://[user:password@]host:port[,host:port]/name</c>.</summary>
internal sealed record StoreAddress
{
    private const string Plain = "redis://";
    private const string Encrypted = "rediss://";
    private const int UsualPort = 6379;

    /// <summary>Gets the address as it is shown: without a password.</summary>
    public required string Shown { get; init; }

    /// <summary>Gets where the catalog is.</summary>
    public required SharedCatalog Catalog { get; init; }

    /// <summary>Returns whether a text is meant as an address, and not as a file.</summary>
    public static bool Is(string text) => text.Contains("://", StringComparison.Ordinal);

    /// <param name="text">The address.</param>
    /// <param name="shards">How many shards a catalog is made with; null for as many as usual.</param>
    /// <exception cref="UsageException">It is no address of a catalog.</exception>
    public static StoreAddress Parse(string text, int? shards = null)
    {
        var isEncrypted = text.StartsWith(Encrypted, StringComparison.OrdinalIgnoreCase);
        if (!isEncrypted && !text.StartsWith(Plain, StringComparison.OrdinalIgnoreCase))
            throw Wrong(text, "it does not begin with redis:// or rediss://");
        var rest = text[(isEncrypted ? Encrypted : Plain).Length..];
        var slash = rest.LastIndexOf('/');
        if (slash < 0 || slash == rest.Length - 1)
            throw Wrong(text, "it names no catalog");
        var (servers, name) = (rest[..slash], rest[(slash + 1)..]);
        var at = servers.LastIndexOf('@');
        var (login, hosts) = at < 0 ? ("", servers) : (servers[..at], servers[(at + 1)..]);
        if (hosts.Length == 0 || hosts.Contains('/', StringComparison.Ordinal))
            throw Wrong(text, "it names no server");
        var parts = hosts.Split(',').Select(host => host.Contains(':', StringComparison.Ordinal)
            ? host
            : FormattableString.Invariant($"{host}:{UsualPort}")).ToList();
        if (login.Length > 0)
        {
            var colon = login.IndexOf(':', StringComparison.Ordinal);
            var (user, password) = colon < 0 ? (login, "") : (login[..colon], login[(colon + 1)..]);
            if (user.Length > 0)
                parts.Add($"user={Setting(text, user)}");
            if (password.Length > 0)
                parts.Add($"password={Setting(text, password)}");
        }
        if (isEncrypted)
            parts.Add("ssl=true");
        try
        {
            return new StoreAddress
            {
                Shown = $"{(isEncrypted ? Encrypted : Plain)}{hosts}/{name}",
                Catalog = SharedCatalog.Redis(string.Join(',', parts), name, options =>
                {
                    options.Shards = shards;
                    // Nobody waits for a page: a busy server is given the time it takes.
                    options.Timeout = TimeSpan.FromSeconds(20);
                }),
            };
        }
        catch (ArgumentException e)
        {
            throw Wrong(text, e.Message.Split(" (Parameter", 2)[0].TrimEnd('.'));
        }
    }

    /// <summary>Returns an address without the password in it; any other text as it is.</summary>
    public static string Hide(string text)
    {
        var (start, at) = (text.IndexOf("://", StringComparison.Ordinal) + 3, text.LastIndexOf('@'));
        return Is(text) && at > start ? $"{text[..start]}...{text[at..]}" : text;
    }

    private static string Setting(string text, string value)
    {
        var plain = Uri.UnescapeDataString(value);
        return plain.Contains(',', StringComparison.Ordinal)
            ? throw Wrong(text, "a user or password with a comma cannot be given here")
            : plain;
    }

    private static UsageException Wrong(string text, string why) =>
        new($"'{Hide(text)}' is no address of a catalog: {why}. Give one such as redis://host:6379/shop.");
}
