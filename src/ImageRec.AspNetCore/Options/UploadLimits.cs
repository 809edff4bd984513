using System.Globalization;

namespace ImageRec.AspNetCore;

/// <summary>Limits of uploads and requests. A request beyond one is answered with which limit it is and how large.</summary>
public sealed class UploadLimits
{
    private static readonly TimeSpan s_longestTimeout = TimeSpan.FromDays(24);

    /// <summary>Encoded size of a picture in bytes; 10 MB by default.</summary>
    public int MaxBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Width times height in pixels, read from the picture's header before anything is decoded; 50,000,000 by default.</summary>
    public long MaxPixels { get; set; } = 50_000_000;

    /// <summary>How long a client may take to send a picture; 30 seconds by default.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pictures received at the same time; 64 by default. Times <see cref="MaxBytes"/>, it bounds the memory of uploads.</summary>
    public int Receiving { get; set; } = 64;

    /// <summary>Pictures decoded and run through the network at the same time; the number of processors by default.</summary>
    public int Concurrent { get; set; } = Environment.ProcessorCount;

    /// <summary>Received pictures that may wait for their turn; 64 by default.</summary>
    public int Waiting { get; set; } = 64;

    /// <summary>Uploads per minute from one client address, on average; 120 by default.</summary>
    public int PerMinute { get; set; } = 120;

    /// <summary>Uploads that one client address may send at once before <see cref="PerMinute"/> slows it down; 60 by default.</summary>
    public int Burst { get; set; } = 60;

    /// <summary>Largest number of recommendations or products that one request may ask for; 100 by default.</summary>
    public int MaxCount { get; set; } = 100;

    /// <summary>Clients that may follow the status of indexing at the same time; 256 by default.</summary>
    public int Listeners { get; set; } = 256;

    /// <summary>What cannot work, as in "Limits.MaxBytes 0; it takes 1 or more".</summary>
    internal IEnumerable<string> Problems()
    {
        (string Name, long Value, long Least)[] numbers =
        [
            (nameof(MaxBytes), MaxBytes, 1), (nameof(MaxPixels), MaxPixels, 1), (nameof(Receiving), Receiving, 1),
            (nameof(Concurrent), Concurrent, 1), (nameof(Waiting), Waiting, 0), (nameof(PerMinute), PerMinute, 1),
            (nameof(Burst), Burst, 1), (nameof(MaxCount), MaxCount, 1), (nameof(Listeners), Listeners, 1),
        ];
        foreach (var (name, value, least) in numbers)
        {
            if (value < least)
                yield return string.Create(CultureInfo.InvariantCulture, $"Limits.{name} {value}; it takes {least} or more");
        }
        if (MaxBytes > Array.MaxLength / 2)
            yield return string.Create(CultureInfo.InvariantCulture, $"Limits.MaxBytes {MaxBytes}; it takes {Array.MaxLength / 2} at most");
        if (ReadTimeout <= TimeSpan.Zero || ReadTimeout > s_longestTimeout)
            yield return $"Limits.{nameof(ReadTimeout)} {ReadTimeout}; it takes a time above zero, up to {s_longestTimeout.Days} days";
    }
}
