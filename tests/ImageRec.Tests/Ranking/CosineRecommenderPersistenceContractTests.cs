using ImageRec.Contracts;
using ImageRec.Ranking;

namespace ImageRec.Tests.Ranking;

public sealed class CosineRecommenderPersistenceContractTests : PersistentRecommenderContract
{
    protected override IPersistentRecommender Create() => new CosineRecommender();

    protected override Task LearnAsync(IPersistentRecommender recommender, CancellationToken cancellationToken) =>
        ((CosineRecommender)recommender).OptimizeAsync(cancellationToken);
}
