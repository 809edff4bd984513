using System.Linq.Expressions;

namespace ImageRec.Sharing.Filters;

/// <summary>Keeps a filter in both forms: as a function, whose target is this object, and as what it was written as.</summary>
internal sealed class KeptFilter<TItem>(Expression<Func<TItem, bool>> filter)
{
    private readonly Func<TItem, bool> _compiled = filter.Compile();

    /// <summary>Gets the filter as it was written.</summary>
    public Expression<Func<TItem, bool>> Expression => filter;

    public bool Matches(TItem item) => _compiled(item);

    /// <summary>Returns the filter behind a function; null for any other function.</summary>
    public static KeptFilter<TItem>? Of(Func<TItem, bool>? where) => where?.Target as KeptFilter<TItem>;
}
