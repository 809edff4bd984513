using System.Globalization;

namespace ImageRec.AspNetCore;

/// <summary>What uploads may cost. Beyond a limit the answer says which one and how large it is.</summary>
public sealed record UploadLimits
{
    /// <summary>Encoded size in bytes; 10 MB unless set.</summary>
    public int MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Width times height in pixels, read from the picture's header before anything is decoded; 50,000,000 unless set.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>How long a client may take to send a picture; 30 seconds unless set.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pictures being received at once; 64 unless set. It bounds the memory of uploads, together with <see cref="MaxBytes"/>.</summary>
    public int Receiving { get; init; } = 64;

    /// <summary>Pictures decoded and run through the network at once; the number of processors unless set.</summary>
    public int Concurrent { get; init; } = Environment.ProcessorCount;

    /// <summary>Received pictures that may wait for their turn; 64 unless set.</summary>
    public int Waiting { get; init; } = 64;

    /// <summary>Uploads a minute from one client address, on average; 120 unless set.</summary>
    public int PerMinute { get; init; } = 120;

    /// <summary>Uploads one client address may send in a burst before <see cref="PerMinute"/> slows it down; 60 unless set.</summary>
    public int Burst { get; init; } = 60;

    /// <summary>Largest count of recommendations or items a request may ask for; 100 unless set.</summary>
    public int MaxCount { get; init; } = 100;

    /// <summary>Clients that may listen to the state of indexing at once; 256 unless set.</summary>
    public int Listeners { get; init; } = 256;

    /// <summary>What of it cannot work, to follow "The limits"; null when nothing is wrong.</summary>
    internal string? Wrong()
    {
        foreach (var (name, value, least) in ((string, long, long)[])
            [
                (nameof(MaxBytes), MaxBytes, 1), (nameof(MaxPixels), MaxPixels, 1), (nameof(Receiving), Receiving, 1), (nameof(Concurrent), Concurrent, 1),
                (nameof(Waiting), Waiting, 0), (nameof(PerMinute), PerMinute, 1), (nameof(Burst), Burst, 1), (nameof(MaxCount), MaxCount, 1),
                (nameof(Listeners), Listeners, 1),
            ])
        {
            if (value < least)
                return string.Create(CultureInfo.InvariantCulture, $"have {name} {value}; it takes {least} or more");
        }
        if (MaxBytes > Array.MaxLength / 2)
            return string.Create(CultureInfo.InvariantCulture, $"have {nameof(MaxBytes)} {MaxBytes}; it takes {Array.MaxLength / 2} at most");
        return ReadTimeout > TimeSpan.Zero && ReadTimeout.TotalMilliseconds < int.MaxValue
            ? null
            : $"have {nameof(ReadTimeout)} {ReadTimeout}; it takes a time above zero and below 24 days";
    }
}
