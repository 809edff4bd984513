namespace ImageRec.Torture.Concurrency;

/// <summary>One command of a history.</summary>
/// <param name="Kind">What it calls.</param>
/// <param name="Number">Which picture it asks for.</param>
/// <param name="Ids">The items it names; one or more.</param>
internal sealed record Command(CommandKind Kind, int Number, IReadOnlyList<int> Ids)
{
    /// <summary>The stamp of what it writes; given when a history is run.</summary>
    public int Stamp { get; init; }

    public string Id => Name(Ids[0]);

    public IReadOnlyList<Thing> Things { get => [.. Ids.Distinct().Select(i => new Thing(Name(i), Stamp))]; }

    public static string Name(int id) => $"thing {id:D2}";

    public override string ToString() => Kind switch
    {
        CommandKind.Ask => $"Ask {Number}",
        CommandKind.Upsert or CommandKind.Remove or CommandKind.Rebuild => $"{Kind} {string.Join(' ', Ids)}",
        CommandKind.AskLike or CommandKind.AskOwn or CommandKind.Get => $"{Kind} {Ids[0]}",
        _ => Kind.ToString(),
    };
}
