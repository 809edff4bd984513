using ImageRec.Contracts;
using ImageRec.PublicApi.Tests.Outside;
using ImageRec.Ranking;

namespace ImageRec.PublicApi.Tests;

public sealed class PivotRecommenderContractTests : RecommenderContract
{
    protected override IRecommender Create() => new PivotRecommender();
}
