using ImageRec.Answering;
using static System.FormattableString;

namespace ImageRec;

/// <summary>
/// Says what a shop wants of its recommendations besides likeness: places held, items moved up or down, left out or filled in.
/// </summary>
/// <remarks>
/// <para>Immutable: every method returns new rules with one more, so one object serves any number of queries at once.</para>
/// <para>
/// They apply in this order, each to what the one before has left. 1. What is excluded is never an answer, not even a pinned or a fallback
/// one; nor is what <see cref="RecommendOptions{TItem}.Where"/> leaves out. 2. The least score; pinned items need none. 3. Business values
/// are blended with the scores, then boosts are added: of the most similar items, ten times as many as asked for and 50 at least, change
/// places. 4. Diversity. 5. Limits per property, in which pinned items count but always stay. 6. The fallback fills up, without a least
/// score and within the limits. 7. Pinned items take their places, or the next ones when there are too few answers.
/// </para>
/// <para>
/// <see cref="Recommendation{TItem}.Score"/> stays the similarity; <see cref="Recommendation{TItem}.Rules"/> names what has touched an
/// answer. Functions are called for many items, possibly on several threads: keep them quick and without side effects.
/// </para>
/// </remarks>
/// <typeparam name="TItem">Type of the items.</typeparam>
/// <example>
/// <code>
/// var rules = new Rules&lt;Product&gt;()
///     .Exclude("sold out", p => p.Stock == 0)
///     .Boost("new in", p => p.IsNew, 0.1f)
///     .Pin("sku-17", place: 1)
///     .FallBackToMedoids(fewerThan: 5);
/// var hits = await shop.RecommendAsync(upload, new() { Rules = rules });
/// </code>
/// </example>
public sealed class Rules<TItem>
{
    internal RuleSet<TItem> Set { get; private init; } = new();

    /// <summary>Holds a place for an item. Answers name the rule "pinned".</summary>
    /// <param name="id">Ids that the catalog lacks are passed over.</param>
    /// <param name="place">1 for the first; places beyond the number of answers asked for are passed over.</param>
    /// <exception cref="ArgumentException">The place or the item is pinned already, or the place is less than 1.</exception>
    public Rules<TItem> Pin(string id, int place)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentOutOfRangeException.ThrowIfLessThan(place, 1);
        foreach (var pin in Set.Pins)
        {
            if (pin.Id == id || pin.Place == place)
                throw new ArgumentException(
                    Invariant($"'{pin.Id}' is pinned to place {pin.Place} already; '{id}' cannot get place {place}."));
        }
        return With(Set with { Pins = [.. Set.Pins, (id, place)] });
    }

    /// <summary>Moves items up or down.</summary>
    /// <param name="name">What answers call the rule.</param>
    /// <param name="items">Returns whether it is for an item.</param>
    /// <param name="by">What is added to the score that ranks: more than 0 moves up, less moves down; scores go from -1 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is not finite.</exception>
    public Rules<TItem> Boost(string name, Func<TItem, bool> items, float by)
    {
        Require(name, items);
        if (!float.IsFinite(by))
            throw new ArgumentOutOfRangeException(nameof(by), by, "A boost is a finite number, added to scores of -1 to 1.");
        return With(Set with { Boosts = [.. Set.Boosts, new(name, item => items(item) ? by : null)] });
    }

    /// <summary>Blends a value of the shop's own into the score that ranks: (1 - weight) x score + weight x value.</summary>
    /// <param name="name">What answers call the rule.</param>
    /// <param name="value">Returns a value of 0 to 1, such as a margin or how well an item sells; what is beyond is clamped.</param>
    /// <param name="weight">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is out of range.</exception>
    public Rules<TItem> Blend(string name, Func<TItem, float> value, float weight)
    {
        Require(name, value);
        if (!(weight is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight goes from 0 (likeness alone) to 1 (the value alone).");
        return With(Set with { Blends = [.. Set.Blends, new(name, value, weight)] });
    }

    /// <summary>Leaves items out, such as those that are sold out.</summary>
    /// <param name="name">What the rule is called.</param>
    /// <param name="items">Returns whether an item is left out.</param>
    public Rules<TItem> Exclude(string name, Func<TItem, bool> items)
    {
        Require(name, items);
        return With(Set with { Excluded = [.. Set.Excluded, items] });
    }

    /// <summary>Leaves items out by their ids, such as those in the shopper's cart.</summary>
    /// <param name="name">What the rule is called.</param>
    /// <param name="ids">Called once for each query; ids that the catalog lacks are allowed.</param>
    public Rules<TItem> Exclude(string name, Func<IEnumerable<string>> ids)
    {
        Require(name, ids);
        return With(Set with { ExcludedIds = [.. Set.ExcludedIds, ids] });
    }

    /// <summary>
    /// Leaves out items that share a value with the query's own item, such as its brand: with an item that is liked, or that shows the
    /// query picture itself.
    /// </summary>
    /// <param name="name">What the rule is called.</param>
    /// <param name="property">Returns the value; null is shared with nobody.</param>
    public Rules<TItem> ExcludeSame(string name, Func<TItem, object?> property)
    {
        Require(name, property);
        return With(Set with { Same = [.. Set.Same, property] });
    }

    /// <summary>Limits how many answers may share one value of a property.</summary>
    /// <param name="name">What the rule is called.</param>
    /// <param name="count">Answers allowed per value, 1 or more.</param>
    /// <param name="property">Returns the value; null is a value like any other.</param>
    public Rules<TItem> AtMostPer(string name, int count, Func<TItem, object?> property)
    {
        Require(name, property);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return With(Set with { Limits = [.. Set.Limits, new(count, property)] });
    }

    /// <summary>Leaves out what is less similar; of several least scores, and of that of the query, the highest holds.</summary>
    /// <param name="score">-1 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is out of range.</exception>
    public Rules<TItem> MinScore(float score)
    {
        if (!(score is >= -1 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score goes from -1 to 1.");
        return With(Set with { MinScore = Math.Max(score, Set.MinScore ?? -1) });
    }

    /// <summary>Fills up when there are too few answers. Answers name the rule "fallback".</summary>
    /// <param name="fewerThan">How many answers there should be, 1 or more; at most as many as are asked for.</param>
    /// <param name="ids">What to fill up with, best first; called when it is needed. Ids that the catalog lacks are passed over.</param>
    public Rules<TItem> FallBack(int fewerThan, Func<IEnumerable<string>> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfLessThan(fewerThan, 1);
        return With(Set with { Fallback = (fewerThan, ids) });
    }

    /// <summary>
    /// Fills up when there are too few answers, with what is typical of the category of the most similar item: its item nearest to the
    /// middle of each cluster. Answers name the rule "fallback".
    /// </summary>
    /// <param name="fewerThan">How many answers there should be, 1 or more; at most as many as are asked for.</param>
    public Rules<TItem> FallBackToMedoids(int fewerThan)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fewerThan, 1);
        return With(Set with { Fallback = (fewerThan, null) });
    }

    private static Rules<TItem> With(RuleSet<TItem> set) => new() { Set = set };

    private static void Require(string name, object function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
    }
}
