using System.Collections.Immutable;
using ImageRec.Answering;

namespace ImageRec.Torture.Concurrency;

public sealed class ConcurrencyTests
{
    [Fact]
    public Task Commands_OnSeveralThreads_AreRightAtSomeMoment() => ShortRun.PassesAsync(new ConcurrencyMachine(), 40);

    [Fact]
    public void Explanation_OfAnAnswerFromNoMoment_IsMissing()
    {
        var (before, after) = (new Thing("thing 00", 0), new Thing("thing 00", 1));
        var things = ImmutableSortedDictionary<string, Thing>.Empty.WithComparers(StringComparer.Ordinal).Add(before.Id, before);
        var change = new Happened(new Command(CommandKind.Upsert, 0, [0]) { Stamp = 1 }, Start: 10, End: 20, Result: 1);
        Happened Get(long start, long end, Thing found) => new(new Command(CommandKind.Get, 0, [0]), start, end, found);

        string? Missing(params Happened[] gets) => new Explanation([[change], gets]).Missing(new Moment(things, things, IsDisposed: false));

        Assert.Null(Missing(Get(11, 12, before), Get(13, 14, after)));
        Assert.Null(Missing(Get(11, 12, after), Get(21, 22, after)));
        Assert.NotNull(Missing(Get(11, 12, after), Get(13, 14, before)));
        Assert.NotNull(Missing(Get(21, 22, before)));
    }
}
