using System.Globalization;
using System.Text;

namespace ImageRec;

/// <summary>Reports what a build or an upsert did.</summary>
public sealed class BuildReport
{
    private const int ShownUnreadable = 5;
    private int _items;

    /// <summary>Gets the number of items in the catalog afterwards.</summary>
    public int Items
    {
        get => _items;
        init => _items = value;
    }

    /// <summary>Gets the number of rows computed by this run.</summary>
    public int Computed { get; init; }

    /// <summary>Gets the number of rows taken over because their image was unchanged.</summary>
    public int Reused { get; init; }

    /// <summary>Gets the number of items removed because they are no longer listed.</summary>
    public int Removed { get; init; }

    /// <summary>Gets the items whose image could not be read, with the reason.</summary>
    public IReadOnlyList<UnreadableItem> Unreadable { get; init; } = [];

    /// <summary>Gets what was learned about categories, with held-out figures; null when the builder did not ask for it.</summary>
    public CategoryReport? Categories { get; init; }

    /// <summary>Gets the time the run took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Returns the report with the number of items as a change left them.</summary>
    internal BuildReport WithItems(int items)
    {
        var report = (BuildReport)MemberwiseClone();
        report._items = items;
        return report;
    }

    /// <summary>Returns the figures in one line, then the first items whose image could not be read, a line each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{Items:N0} {(Items == 1 ? "item" : "items")}: {Computed:N0} computed, {Reused:N0} unchanged, {Removed:N0} removed, ");
        text.Append(CultureInfo.InvariantCulture, $"{Unreadable.Count:N0} unreadable, {Elapsed.TotalSeconds:0.0} s");
        foreach (var item in Unreadable.Take(ShownUnreadable))
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {item.Id}: {item.Reason}");
        if (Unreadable.Count > ShownUnreadable)
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  and {Unreadable.Count - ShownUnreadable:N0} more");
        return text.ToString();
    }
}
