using ImageRec.Ranking;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>Makes the recommender of each engine that a builder builds or opens.</summary>
/// <param name="Settings">The settings of the library's own; null for the caller's.</param>
/// <param name="Create">Makes an empty recommender from the rows in the catalog file and the seed.</param>
internal sealed record RankingChoice(CosineSettings? Settings, Func<CatalogRows, int, IRecommender> Create)
{
    public static RankingChoice Cosine(CosineOptions options)
    {
        var threads = options.Threads;
        return Cosine(new CosineSettings(options.Recall, options.Memory), threads);
    }

    public static RankingChoice Cosine(CosineSettings settings) => Cosine(settings, Environment.ProcessorCount);

    private static RankingChoice Cosine(CosineSettings settings, int threads) => new(settings, (rows, seed) =>
    {
        if (settings.Memory == MemoryMode.CodesOnly && !rows.CanReadBeside)
            throw new InvalidOperationException("MemoryMode.CodesOnly reads rows from the catalog file, and this engine has none. Give "
                + "BuildAsync a file, or keep rows in memory.");
        return new CosineRecommender(new CosineOptions
        {
            Recall = settings.Recall, Memory = settings.Memory, Rows = rows, Seed = seed, Threads = threads,
        });
    });
}
