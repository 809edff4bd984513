using System.Globalization;
using CsCheck;
using ImageRec.Answering;

namespace ImageRec.Tests.Answering;

/// <summary>What rules promise, for any rules and any catalog.</summary>
public sealed class RuledAnswersTests
{
    private static readonly string?[] s_brands = ["a", "b", "c", null];

    // A long run asks for more: 100,000 take a minute.
    private static readonly long s_sets =
        long.Parse(Environment.GetEnvironmentVariable("IMAGEREC_TEST_RULE_SETS") ?? "1000", CultureInfo.InvariantCulture);

    private static readonly Gen<List<RuledItem>> s_catalogs =
        Gen.Select(Gen.Int[-20, 20], Gen.Int[0, 3], Gen.Bool, Gen.Int[-2, 12]).Array[0, 90].Select(items => items.Select(
            (item, i) => new RuledItem($"i{i}", item.Item1 / 20f, s_brands[item.Item2], item.Item3, item.Item4 / 10f)).ToList());

    private static readonly Gen<Wish> s_wishes = Gen.Select(
        Gen.Select(Gen.Int[0, 99], Gen.Int[1, 14]).Array[0, 4],
        Gen.Select(Gen.Int[0, 3], Gen.Int[-10, 10]).Array[0, 3],
        Gen.Int[0, 10],
        Gen.Int[0, 99].Array[0, 12],
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.Int[0, 3],
        Gen.Int[-21, 20],
        Gen.Select(Gen.Int[0, 10], Gen.Int[0, 99].Array[0, 12], Gen.Int[1, 12]),
        (pins, boosts, blend, cart, flags, limit, least, fallback) => new Wish(
            [.. pins.DistinctBy(pin => pin.Item1).DistinctBy(pin => pin.Item2).Select(pin => ($"i{pin.Item1}", pin.Item2))],
            [.. boosts.Select(boost => (s_brands[boost.Item1], boost.Item2 / 20f))], blend / 10f, [.. cart.Select(i => $"i{i}")],
            flags.Item1, flags.Item2, flags.Item3, flags.Item4, limit, least < -20 ? null : least / 20f, fallback.Item1,
            [.. fallback.Item2.Select(i => $"i{i}")], fallback.Item3));

    [Fact]
    public void SelectAsync_AnyRulesAndCatalog_KeepsEveryPromise() => Gen.Select(s_catalogs, s_wishes).Sample(
        (catalog, wish) => Check(catalog, wish), iter: s_sets);

    [Fact]
    public async Task SelectAsync_NothingReorders_SearchesOnce()
    {
        var items = Enumerable.Range(0, 100).Select(i => new RuledItem($"i{i}", 1 - (i / 100f), "a", false, 0)).ToList();
        var source = new ListedRuleSource(items, []);
        var rules = new Rules<RuledItem>().Exclude("none", _ => false).Pin("i50", 1);
        await new RuledAnswers<RuledItem>(rules.Set, new() { Count = 5 }, source).SelectAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, source.Searches);
    }

    [Fact]
    public async Task SelectAsync_ManyNearestExcluded_BoostsAmongAsManyThatAreLeft()
    {
        var items = Enumerable.Range(0, 100)
            .Select(i => new RuledItem($"i{i}", 1 - (i / 100f), i == 60 ? "lifted" : "a", i < 45, 0)).ToList();
        var rules = new Rules<RuledItem>().Exclude("sold out", item => item.IsSoldOut).Boost("brand", item => item.Brand == "lifted", 1);

        var answers = await new RuledAnswers<RuledItem>(rules.Set, new() { Count = 5 }, new ListedRuleSource(items, []))
            .SelectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["i60", "i45", "i46", "i47", "i48"], answers.Select(answer => answer.Id));
    }

    private static void Check(List<RuledItem> catalog, Wish wish)
    {
        List<RuledItem> about = wish.AboutFirst && catalog.Count > 0 ? [catalog[0]] : [];
        var rules = wish.ToRules();
        var answers = new RuledAnswers<RuledItem>(rules.Set, new() { Count = wish.Count }, new ListedRuleSource(catalog, about))
            .SelectAsync(CancellationToken.None).GetAwaiter().GetResult();

        bool IsExcluded(RuledItem item) => about.Contains(item) || wish.Cart.Contains(item.Id) || (wish.NoSoldOut && item.IsSoldOut)
            || (wish.NoSameBrand && item.Brand is { } brand && about.Exists(other => other.Brand == brand));
        var ids = answers.Select(answer => answer.Id).ToList();
        Assert.True(answers.Count <= wish.Count);
        Assert.Equal(ids.Distinct(), ids);
        Assert.DoesNotContain(answers, answer => IsExcluded(answer.Item));

        // Pins hold: at their places, or behind all others when there are too few.
        var pinned = wish.Pins.Where(pin => pin.Place <= wish.Count && catalog.Find(item => item.Id == pin.Id) is { } item
            && !IsExcluded(item)).OrderBy(pin => pin.Place).ToList();
        Assert.Equal(pinned.Select(pin => pin.Id), answers.Where(answer => answer.Rules.Contains("pinned")).Select(answer => answer.Id));
        foreach (var (id, place) in pinned)
        {
            var at = ids.IndexOf(id) + 1;
            Assert.True(at == place || (at < place && answers.Skip(at).All(answer => answer.Rules.Contains("pinned"))), $"{id} is at {at}");
        }

        // Counts hold: pinned items count, and only they may be too many.
        if (wish.Limit > 0)
        {
            foreach (var brand in answers.GroupBy(answer => answer.Item.Brand))
                Assert.True(brand.Count() <= Math.Max(wish.Limit, brand.Count(answer => answer.Rules.Contains("pinned"))));
        }

        var ranked = answers.Where(answer => !answer.Rules.Contains("pinned") && !answer.Rules.Contains("fallback")).ToList();
        Assert.All(ranked, answer => Assert.True(answer.Score >= (wish.Least ?? -1)));
        Assert.All(ranked.Zip(ranked.Skip(1)), pair => Assert.True(wish.Rank(pair.First.Item) >= wish.Rank(pair.Second.Item) - 1e-5f));
        Assert.All(ranked, answer => Assert.Equal(wish.Names(answer.Item), answer.Rules));

        // Nothing that may be an answer is missing: for want of likeness, or to fill up.
        bool MayFollow(RuledItem item) => !IsExcluded(item) && !ids.Contains(item.Id)
            && (wish.Limit == 0 || answers.Count(answer => answer.Item.Brand == item.Brand) < wish.Limit);
        if (answers.Count < wish.Count)
            Assert.DoesNotContain(catalog, item => item.Score >= (wish.Least ?? -1) && MayFollow(item));
        if (answers.Count < Math.Min(wish.FewerThan, wish.Count) && !wish.ToMedoids)
            Assert.DoesNotContain(catalog, item => wish.Fallback.Contains(item.Id) && MayFollow(item));
        if (answers.Any(answer => answer.Rules.Contains("fallback")))
            Assert.True(answers.Count <= Math.Min(wish.FewerThan, wish.Count));
    }

    private sealed record Wish(
        List<(string Id, int Place)> Pins, List<(string? Brand, float By)> Boosts, float Blend, List<string> Cart, bool NoSoldOut,
        bool NoSameBrand, bool AboutFirst, bool ToMedoids, int Limit, float? Least, int FewerThan, List<string> Fallback, int Count)
    {
        public Rules<RuledItem> ToRules()
        {
            var rules = new Rules<RuledItem>().Exclude("in the cart", () => Cart);
            foreach (var (id, place) in Pins)
                rules = rules.Pin(id, place);
            foreach (var (brand, by) in Boosts)
                rules = rules.Boost($"boost {brand}", item => item.Brand == brand, by);
            if (Blend > 0)
                rules = rules.Blend("sells", item => item.Sells, Blend);
            if (NoSoldOut)
                rules = rules.Exclude("sold out", item => item.IsSoldOut);
            if (NoSameBrand)
                rules = rules.ExcludeSame("same brand", item => item.Brand);
            if (Limit > 0)
                rules = rules.AtMostPer("brand", Limit, item => item.Brand);
            if (Least is { } least)
                rules = rules.MinScore(least);
            if (FewerThan > 0)
                rules = ToMedoids ? rules.FallBackToMedoids(FewerThan) : rules.FallBack(FewerThan, () => Fallback);
            return rules;
        }

        public float Rank(RuledItem item) => ((1 - Blend) * item.Score) + (Blend * Math.Clamp(item.Sells, 0, 1))
            + Boosts.Where(boost => boost.Brand == item.Brand).Sum(boost => boost.By);

        public IEnumerable<string> Names(RuledItem item) =>
        [
            .. Blend > 0 ? ["sells"] : Array.Empty<string>(),
            .. Boosts.Where(boost => boost.Brand == item.Brand).Select(boost => $"boost {boost.Brand}"),
        ];
    }
}
