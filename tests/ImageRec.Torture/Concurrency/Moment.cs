using System.Collections.Immutable;
using ImageRec.Answering;

namespace ImageRec.Torture.Concurrency;

/// <summary>The plain model: what there is at one moment.</summary>
/// <param name="Things">The catalog.</param>
/// <param name="Seen">What the engine that only reads has last seen of it.</param>
/// <param name="IsDisposed">Whether the engine that changes is gone.</param>
/// <param name="Taken">What a refresh under way has read and not yet shown.</param>
/// <param name="Committed">What a change under way has put into the file and not yet shown.</param>
/// <param name="FollowsItself">
/// Whether the engine that only reads takes over what is there when it is asked, because it reads rows from the file.
/// </param>
internal sealed record Moment(ImmutableSortedDictionary<string, Thing> Things, ImmutableSortedDictionary<string, Thing> Seen,
    bool IsDisposed, bool FollowsItself = false,
    ImmutableSortedDictionary<string, Thing>? Taken = null, ImmutableSortedDictionary<string, Thing>? Committed = null)
{
    private ImmutableSortedDictionary<string, Thing> File => Committed ?? Things;


    /// <summary>What a command that happened would have had to make of this moment.</summary>
    /// <returns>The moment after it; null when its result is not explained.</returns>
    public Moment? After(Happened happened)
    {
        var (command, result) = (happened.Command, happened.Result);
        if (command.Kind is CommandKind.RefreshReader)
            return result is Exception || Taken is not null ? null : this with { Taken = File };
        if (command.Kind is CommandKind.ShowReader)
            return Taken is null ? null : this with { Seen = Taken, Taken = null };
        if (command.Kind is CommandKind.AskReader)
        {
            if (result is not Answer answer)
                return null;
            if (Lists(Seen, answer.Items!) && Explains(answer, command, Seen))
                return this;
            return FollowsItself && Lists(File, answer.Items!) && Explains(answer, command, File) ? this with { Seen = File } : null;
        }
        if (command.Kind is CommandKind.Dispose)
            return result is Exception ? null : this with { IsDisposed = true };
        if (command.Kind is CommandKind.ShowChange)
            return result is ObjectDisposedException ? this : Committed is null ? null : this with { Things = Committed, Committed = null };
        // A change that was under way when the end began is finished.
        if (IsDisposed && result is not int)
            return result is ObjectDisposedException ? this : null;
        return command.Kind switch
        {
            CommandKind.Get => result is null
                ? Unless(Things.ContainsKey(command.Id))
                : Unless(!Equals(Things.GetValueOrDefault(command.Id), result)),
            CommandKind.List => Unless(result is not IReadOnlyList<Thing> list || !Lists(Things, list)),
            CommandKind.Backup => Unless(result is not IReadOnlyList<Thing> copy || !Lists(File, copy)),
            CommandKind.Upsert => Changed(Things.SetItems(command.Things.Select(t => KeyValuePair.Create(t.Id, t))), result, t => t.Count),
            CommandKind.Remove => Changed(Things.RemoveRange(command.Things.Select(t => t.Id)), result, t => Things.Count - t.Count),
            CommandKind.Rebuild => Changed(
            command.Things.ToImmutableSortedDictionary(t => t.Id, t => t, StringComparer.Ordinal), result, t => t.Count),
            _ => Unless(!Explains(result, command, Things)),
        };
    }

    /// <summary>Tells two moments apart.</summary>
    public string Key() =>
        $"{Listed(Things.Values)}|{Listed(Seen.Values)}|{IsDisposed}|{(Committed is null ? "" : "!" + Listed(Committed.Values))}|"
        + (Taken is null ? "" : Listed(Taken.Values));

    private static string Listed(IEnumerable<Thing> things) => string.Join(',', things.Select(t => $"{t.Id}/{t.Stamp}"));

    private static bool Lists(ImmutableSortedDictionary<string, Thing> things, IReadOnlyList<Thing> list) =>
        list.OrderBy(t => t.Id, StringComparer.Ordinal).SequenceEqual(things.Values);

    private static bool Explains(object? result, Command command, ImmutableSortedDictionary<string, Thing> things)
    {
        if (command.Kind is CommandKind.AskLike && !things.TryGetValue(command.Id, out _))
            return result is ArgumentException;
        if (result is not Answer answer)
            return false;
        var (query, except) = command.Kind switch
        {
            CommandKind.AskLike => (Torture.Things.Row(things[command.Id]), command.Id),
            CommandKind.AskOwn => (Torture.Things.Row(new Thing(command.Id, command.Number)), null),
            _ => (Torture.Things.Row(command.Number), null),
        };
        return Torture.Things.Wrong(answer.Hits, things.Values, query, History.AnswerCount, except) is null;
    }

    private Moment? Unless(bool wrong) => wrong ? null : this;

    private Moment? Changed(
        ImmutableSortedDictionary<string, Thing> things, object? result, Func<ImmutableSortedDictionary<string, Thing>, int> number) =>
        Committed is null && result is int found && found == number(things) ? this with { Committed = things } : null;
}
