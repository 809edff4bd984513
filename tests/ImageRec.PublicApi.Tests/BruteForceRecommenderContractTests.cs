using ImageRec.Contracts;
using ImageRec.PublicApi.Tests.Outside;
using ImageRec.Ranking;

namespace ImageRec.PublicApi.Tests;

public sealed class BruteForceRecommenderContractTests : RecommenderContract
{
    protected override IRecommender Create() => new BruteForceRecommender();
}
