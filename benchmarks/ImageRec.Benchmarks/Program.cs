using BenchmarkDotNet.Running;
using ImageRec.Benchmarks;
using ImageRec.Benchmarks.RecallVsSpeed;
using ImageRec.Benchmarks.SharedCatalogs;

return args switch
{
    ["recall-vs-speed", .. var rest] => await RecallVsSpeedCommand.RunAsync(rest),
    ["folds", .. var rest] => await HonestFolds.RunAsync(rest),
    ["tripled-catalog", .. var rest] => await TripledCatalog.RunAsync(rest),
    ["known-photos", .. var rest] => await KnownPhotosCommand.RunAsync(rest),
    ["indexing-speed", .. var rest] => await IndexingSpeed.RunAsync(rest),
    ["networks", .. var rest] => await Networks.RunAsync(rest),
    ["published-networks", .. var rest] => await PublishedNetworks.RunAsync(rest),
    ["learning", .. var rest] => await Learning.RunAsync(rest),
    ["category-first", .. var rest] => await CategoryFirst.RunAsync(rest),
    ["learning-size", .. var rest] => await LearningSize.RunAsync(rest),
    ["shared", .. var rest] => await SharedCommand.RunAsync(rest),
    ["margins", .. var rest] => await MarginsCommand.RunAsync(rest),
    ["rules", .. var rest] => await RulesCommand.RunAsync(rest),
    ["reopen", .. var rest] => await Reopen.RunAsync(rest),
    _ => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0,
};
