using ImageRec.Contracts;
using ImageRec.Ranking;

namespace ImageRec.Tests.Ranking;

public sealed class CosineRecommenderContractTests : RecommenderContract
{
    protected override IRecommender Create() => new CosineRecommender();
}
