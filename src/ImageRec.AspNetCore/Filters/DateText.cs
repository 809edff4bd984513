using System.Globalization;

namespace ImageRec.AspNetCore.Filters;

/// <summary>A date or a time of a query (ISO 8601): all of the day, the minute or the second that it names.</summary>
/// <param name="Start">Its first moment.</param>
/// <param name="End">The first moment after it.</param>
/// <param name="IsUniversal">
/// Whether an offset was given, so that it is a moment in UTC; else it is local time, whatever the time zone.
/// </param>
internal sealed record DateText(DateTime Start, DateTime End, bool IsUniversal)
{
    private static readonly (string Format, Func<DateTime, DateTime> End)[] s_formats =
    [
        ("yyyy", start => start.AddYears(1)),
        ("yyyy-MM", start => start.AddMonths(1)),
        ("yyyy-MM-dd", start => start.AddDays(1)),
        ("yyyy-MM-dd'T'HH:mmK", start => start.AddMinutes(1)),
        ("yyyy-MM-dd'T'HH:mm:ssK", start => start.AddSeconds(1)),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", start => start.AddTicks(1)),
    ];

    /// <summary>Null when the text is neither.</summary>
    public static DateText? Parse(string text)
    {
        const DateTimeStyles styles = DateTimeStyles.RoundtripKind;
        foreach (var (format, end) in s_formats)
        {
            if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, styles, out var time)
                || time.Year == DateTime.MaxValue.Year)
                continue;
            var start = time.Kind == DateTimeKind.Unspecified ? time : time.ToUniversalTime();
            return new(start, end(start), time.Kind != DateTimeKind.Unspecified);
        }
        return null;
    }

    /// <summary>Whether a product's date is this one or later.</summary>
    public bool IsFrom(object value) => Of(value) is { } moment && moment >= Start;

    /// <summary>Whether a product's date is this one or earlier.</summary>
    public bool IsTo(object value) => Of(value) is { } moment && moment < End;

    private DateTime? Of(object value) => value switch
    {
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        DateTimeOffset moment => IsUniversal ? moment.UtcDateTime : moment.DateTime,
        DateTime time => IsUniversal && time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time,
        _ => null,
    };
}
