using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Sharing.Filters;
using ImageRec.Sharing.Stores;
using ImageRec.Storage;

namespace ImageRec.Sharing.Answering;

/// <summary>Holds what a front end needs of a shared catalog to answer: the store and the fitted pipeline. No items, no rows.</summary>
internal sealed class SharedState<TItem>
{
    public SharedState(
        ISharedIndex index, CatalogManifest manifest, SearchTuning? tuning, Components components, RowPipeline pipeline)
    {
        (Index, Manifest, Tuning, Components, Pipeline) = (index, manifest, tuning, components, pipeline);
        Json = components.ItemJson<TItem>();
        Attributes = DeclaredAttributes.Known(Json.Type(), manifest.Attributes);
    }

    public ISharedIndex Index { get; private set; }

    public CatalogManifest Manifest { get; }

    /// <summary>Gets or sets how the shards are searched; null where that was not tuned.</summary>
    public SearchTuning? Tuning { get; set; }

    public Components Components { get; }

    public RowPipeline Pipeline { get; }

    public ItemJson<TItem> Json { get; }

    /// <summary>Gets what the store can filter by.</summary>
    public DeclaredAttributes Attributes { get; }

    public int Effort => Tuning?.Effort ?? Index.UsualEffort;

    /// <summary>
    /// Gets the effort of a search with a filter: the nearest that match lie farther apart than the nearest, and were not tuned for.
    /// </summary>
    public int FilteredEffort => Math.Max(Effort, Index.UsualEffort);

    /// <summary>Returns the same catalog as a query reads it.</summary>
    /// <param name="away">Is told the shards that the query is answered without; null where it needs all.</param>
    public SharedState<TItem> ForQuery(AwayShards? away)
    {
        var copy = (SharedState<TItem>)MemberwiseClone();
        copy.Index = Index.ForQuery(away);
        return copy;
    }

    /// <summary>Returns what the store can apply of a filter; null for nothing.</summary>
    public AttributeFilter? FilterOf(Func<TItem, bool>? where) => Attributes.Names.Count > 0 && KeptFilter<TItem>.Of(where) is { } kept
        ? new FilterTranslator(Attributes, Json.Type().Options).Translate(kept.Expression)
        : null;
}
