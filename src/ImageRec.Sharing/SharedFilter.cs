using System.Linq.Expressions;
using ImageRec.Sharing.Filters;

namespace ImageRec;

/// <summary>Makes filters that a shared catalog's store applies itself, as far as they are about declared attributes.</summary>
/// <example>
/// <code>
/// var cheap = SharedFilter.Of&lt;Product&gt;(p => p.Color == "red" &amp;&amp; p.Price &lt; 50);
/// var hits = await shop.RecommendAsync(upload, new RecommendOptions&lt;Product&gt; { Where = cheap });
/// </code>
/// </example>
public static class SharedFilter
{
    /// <summary>
    /// Makes a filter. Comparisons of declared attributes with values, joined by <c>&amp;&amp;</c> and <c>||</c>, reach the store; whatever
    /// else is in it is judged on what the store returns. An engine in this process takes it as any other function.
    /// </summary>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <param name="filter">Says which items may be recommended.</param>
    /// <returns>The function, for <see cref="RecommendOptions{TItem}.Where"/>. Compiled once: keep it where you can.</returns>
    public static Func<TItem, bool> Of<TItem>(Expression<Func<TItem, bool>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new KeptFilter<TItem>(filter).Matches;
    }
}
