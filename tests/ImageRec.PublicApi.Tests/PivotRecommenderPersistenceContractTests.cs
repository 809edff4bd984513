using ImageRec.Contracts;
using ImageRec.PublicApi.Tests.Outside;
using ImageRec.Ranking;

namespace ImageRec.PublicApi.Tests;

public sealed class PivotRecommenderPersistenceContractTests : PersistentRecommenderContract
{
    protected override IPersistentRecommender Create() => new PivotRecommender();
}
