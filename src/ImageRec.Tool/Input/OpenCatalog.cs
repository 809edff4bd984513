using System.Text.Json;
using ImageRec.Building;
using ImageRec.Storage;

namespace ImageRec.Tool.Input;

/// <summary>A catalog file of any item type, open for reading.</summary>
internal sealed class OpenCatalog : CatalogView
{
    private OpenCatalog(RecommendationEngine<JsonElement> engine, CatalogSettings settings) : base(settings) => Engine = engine;

    public RecommendationEngine<JsonElement> Engine { get; }

    public override IRecommendationEngine<JsonElement> Answers => Engine;

    /// <summary>Gets whether its extractor is known only to the app that built it.</summary>
    public bool HasAbsentExtractor { get; private init; }

    /// <exception cref="CatalogFileException">The file cannot be used, or needs a part that only its app has.</exception>
    public static new async Task<OpenCatalog> OpenAsync(string file, CancellationToken token)
    {
        RecommendationEngine<JsonElement> engine;
        var isAbsent = false;
        try
        {
            engine = await new RecommenderBuilder().RestoreForests().OpenAsync<JsonElement>(file, token);
        }
        catch (CatalogFileException e) when (e.MissingComponent == StoredComponents.ExtractorRole)
        {
            var absent = new AbsentExtractor(file, CatalogHead.Read(file));
            isAbsent = true;
            engine = await new RecommenderBuilder().RestoreForests().UseExtractor(absent).OpenAsync<JsonElement>(file, token);
        }
        try
        {
            return new(engine, CatalogHead.Read(file)) { HasAbsentExtractor = isAbsent };
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public override Task<IReadOnlyList<string>> ReadCategoriesAsync(CancellationToken token) =>
        Task.FromResult<IReadOnlyList<string>>(
            [.. Engine.Records().Select(record => record.Category).OfType<string>().Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)]);

    public override ValueTask DisposeAsync() => Engine.DisposeAsync();
}
