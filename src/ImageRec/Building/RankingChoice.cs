using ImageRec.Ranking;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>A recommender that a builder was told to make for each engine.</summary>
/// <param name="Settings">Of the library's own; null for the caller's.</param>
/// <param name="Create">Makes an empty one, given the rows in the catalogue file and the seed.</param>
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
            throw new InvalidOperationException("MemoryMode.CodesOnly reads rows from the catalogue file, and this engine has none. Give BuildAsync a file, or keep rows in memory.");
        return new CosineRecommender(new CosineOptions
        {
            Recall = settings.Recall, Memory = settings.Memory, Rows = rows, Seed = seed, Threads = threads,
        });
    });
}
