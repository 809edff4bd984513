using ImageRec.Clustering;
using ImageRec.Contracts;
using ImageRec.Evaluation;
using ImageRec.Features;
using ImageRec.Learning;
using ImageRec.Ranking;
using ImageRec.Reduction;

namespace ImageRec.Tests.Contracts;

/// <summary>Every component of the packages runs the contract suite of its interface, in a class named after it.</summary>
public sealed class EveryImplementationTests
{
    [Theory]
    [InlineData(typeof(IFeatureExtractor), typeof(FeatureExtractorContract))]
    [InlineData(typeof(IReducer), typeof(ReducerContract))]
    [InlineData(typeof(ICategoryLearner), typeof(CategoryLearnerContract))]
    [InlineData(typeof(IClusterer), typeof(ClustererContract))]
    [InlineData(typeof(IRecommender), typeof(RecommenderContract))]
    [InlineData(typeof(IPersistentRecommender), typeof(PersistentRecommenderContract))]
    public void EveryImplementation_OfAContract_RunsItsSuite(Type contract, Type suite)
    {
        Type[] packages = [typeof(FitContext), typeof(MLNetExtractor), typeof(EvaluationReport)];
        var implementations = packages.SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(contract))
            .Select(type => type.Name);
        var suites = typeof(EveryImplementationTests).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(suite))
            .Select(type => type.Name)
            .ToList();

        Assert.NotEmpty(implementations);
        Assert.Equal([], implementations.Where(name => !suites.Any(suite => suite.StartsWith(name, StringComparison.Ordinal))));
    }
}
