using ImageRec.Ranking;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>Keeps what a recommender has learned from the rows in the catalog file.</summary>
internal static class IndexState
{
    public const string Name = "index";

    /// <summary>Saves the state of a recommender, if it has one.</summary>
    public static void Save(CatalogFile file, IRecommender recommender)
    {
        if (recommender is IPersistentRecommender persistent)
            file.Atomically(() => file.State.Write(Name, stream => persistent.SaveStateAsync(stream).AsTask().GetAwaiter().GetResult()));
    }
}
