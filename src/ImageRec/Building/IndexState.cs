using ImageRec.Ranking;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>What a recommender has learned of the rows, in the catalogue file.</summary>
internal static class IndexState
{
    public const string Name = "index";

    /// <summary>Keeps it, if the recommender has such a thing.</summary>
    public static void Save(CatalogFile file, IRecommender recommender)
    {
        if (recommender is IPersistentRecommender persistent)
            file.Atomically(() => file.State.Write(Name, stream => persistent.SaveStateAsync(stream).AsTask().GetAwaiter().GetResult()));
    }
}
