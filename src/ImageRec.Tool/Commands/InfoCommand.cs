using System.CommandLine;
using System.Text.Json.Serialization;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec info FILE</c></summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var file = SharedOptions.File();
        var json = SharedOptions.Json();
        var command = new Command("info", "Say what is in a catalogue file.") { file, json };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            await using var engine = await new RecommenderBuilder().RestoreForests().OpenAsync(line.GetRequiredValue(file), token);
            var info = Info.Of(engine);
            terminal.Result(info, info.Write);
        });
        return command;
    }

    private sealed record Info(
        [property: JsonPropertyName("items")] int Items,
        [property: JsonPropertyName("dimensions")] int Dimensions,
        [property: JsonPropertyName("clusters")] int Clusters,
        [property: JsonPropertyName("pipeline")] string Pipeline,
        [property: JsonPropertyName("explained_variance")] double? ExplainedVariance,
        [property: JsonPropertyName("bytes")] long Bytes)
    {
        public static Info Of(RecommendationEngine<CatalogItem> engine)
        {
            var variance = engine.ExplainedVarianceRatio;
            return new(
                engine.Count, engine.Dimensions, engine.Clusters().Count, engine.Describe(),
                variance.IsEmpty ? null : Math.Round(variance.ToArray().Sum(share => (double)share), 6),
                new FileInfo(engine.FilePath!).Length);
        }

        public void Write(TextWriter to)
        {
            to.WriteLine($"items               {Items:N0}");
            to.WriteLine($"dimensions          {Dimensions:N0}");
            to.WriteLine($"clusters            {Clusters:N0}");
            to.WriteLine($"pipeline            {Pipeline}");
            to.WriteLine($"explained variance  {(ExplainedVariance is { } share ? $"{share:0.0 %}" : "not told by this reduction")}");
            to.WriteLine($"size                {Units.Bytes(Bytes)}");
        }
    }
}
