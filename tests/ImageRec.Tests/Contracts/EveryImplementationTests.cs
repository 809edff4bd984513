using ImageRec.Clustering;
using ImageRec.Contracts;
using ImageRec.Features;
using ImageRec.Learning;
using ImageRec.Ranking;
using ImageRec.Reduction;

namespace ImageRec.Tests.Contracts;

/// <summary>Every built-in component runs the contract suite of its interface, in a class named after it.</summary>
public sealed class EveryImplementationTests
{
    [Theory]
    [InlineData(typeof(IFeatureExtractor), typeof(FeatureExtractorContract))]
    [InlineData(typeof(IReducer), typeof(ReducerContract))]
    [InlineData(typeof(ICategoryLearner), typeof(CategoryLearnerContract))]
    [InlineData(typeof(IClusterer), typeof(ClustererContract))]
    [InlineData(typeof(IRecommender), typeof(RecommenderContract))]
    public void EveryImplementation_OfAContract_RunsItsSuite(Type contract, Type suite)
    {
        var implementations = typeof(FitContext).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(contract))
            .Select(type => $"{type.Name}ContractTests");
        var suites = typeof(EveryImplementationTests).Assembly.GetTypes().Where(type => type.IsSubclassOf(suite)).Select(type => type.Name);

        Assert.Equal([], implementations.Except(suites));
    }
}
