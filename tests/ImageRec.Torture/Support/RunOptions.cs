using System.Globalization;

namespace ImageRec.Torture;

/// <summary>What a run of a machine was asked for.</summary>
internal sealed record RunOptions
{
    /// <summary>Every random choice follows from it; 1 unless set.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many of the machine's units; null for as many as the minutes allow, or the long run.</summary>
    public int? Count { get; init; }

    /// <summary>Stops after so many; null for no limit.</summary>
    public double? Minutes { get; init; }

    /// <summary>Only the case of this number, to see a finding again.</summary>
    public int? Only { get; init; }

    /// <summary>Where inputs that showed something are kept.</summary>
    public string Keep { get; init; } = Path.Combine(Path.GetTempPath(), "imagerec-torture");

    /// <returns>Null when an option cannot be read.</returns>
    public static RunOptions? Parse(string[] arguments)
    {
        var options = new RunOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length)
                return null;
            var value = arguments[i + 1];
            var whole = int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number);
            switch (arguments[i])
            {
                case "--seed" when whole: options = options with { Seed = number }; break;
                case "--count" when whole: options = options with { Count = number }; break;
                case "--only" when whole: options = options with { Only = number }; break;
                case "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out var minutes): options =
                    options with { Minutes = minutes }; break;
                case "--keep": options = options with { Keep = Path.GetFullPath(value) }; break;
                default: return null;
            }
        }
        return options;
    }
}
