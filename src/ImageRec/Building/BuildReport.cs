using System.Globalization;
using System.Text;

namespace ImageRec;

/// <summary>What a build or an upsert did.</summary>
public sealed record BuildReport
{
    private const int ShownUnreadable = 5;

    /// <summary>Products in the catalogue afterwards.</summary>
    public required int Items { get; init; }

    /// <summary>Rows computed by this run.</summary>
    public required int Computed { get; init; }

    /// <summary>Rows taken over because their picture was unchanged.</summary>
    public required int Reused { get; init; }

    /// <summary>Products removed because they are no longer listed.</summary>
    public int Removed { get; init; }

    /// <summary>Products whose picture could not be read, with the reason.</summary>
    public required IReadOnlyList<UnreadableItem> Unreadable { get; init; }

    /// <summary>What was learned about categories, with held-out figures; null when the builder did not ask for it.</summary>
    public CategoryReport? Categories { get; init; }

    /// <summary>Time the run took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The figures in one line, then the first products whose picture could not be read, a line each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Items:N0} {(Items == 1 ? "item" : "items")}: {Computed:N0} computed, {Reused:N0} unchanged, {Removed:N0} removed, ");
        text.Append(CultureInfo.InvariantCulture, $"{Unreadable.Count:N0} unreadable, {Elapsed.TotalSeconds:0.0} s");
        foreach (var item in Unreadable.Take(ShownUnreadable))
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {item.Id}: {item.Reason}");
        if (Unreadable.Count > ShownUnreadable)
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  and {Unreadable.Count - ShownUnreadable:N0} more");
        return text.ToString();
    }
}
