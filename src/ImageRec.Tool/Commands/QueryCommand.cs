using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec query FILE PHOTO -k 5</c></summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var file = SharedOptions.File();
        var photo = new Argument<string>("PHOTO") { Description = "Any picture." };
        var count = new Option<int>("-k", "--count") { HelpName = "K", DefaultValueFactory = _ => 5, Description = "How many answers, 1 or more." };
        count.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !(int.TryParse(given.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var k) && k >= 1))
                result.AddError($"-k is the number of answers, 1 or more; not '{given.Value}'.");
        });
        var minScore = new Option<float?>("--min-score")
        {
            HelpName = "X",
            Description = "Only answers at least so similar, -1 to 1.",
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && score is >= -1 and <= 1)
                    return score;
                result.AddError($"--min-score is a cosine similarity, -1 to 1; not '{text}'.");
                return null;
            },
        };
        var category = new Option<string?>("--category") { HelpName = "C", Description = "Only answers of this category; case does not matter." };
        var html = new Option<string?>("--html") { HelpName = "out.html", Description = "Also write a page with the picture and its answers side by side." };
        var json = SharedOptions.Json();
        var command = new Command("query", "Find the photos of a catalogue that look most like a picture.") { file, photo, count, minScore, category, html, json };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            await using var engine = await new RecommenderBuilder().RestoreForests().OpenAsync(line.GetRequiredValue(file), token);
            var wanted = line.GetValue(category);
            if (wanted is not null)
                RequireCategory(engine, wanted);
            var picture = ImageSource.FromFile(line.GetRequiredValue(photo));
            var answers = await engine.RecommendAsync(picture, new RecommendOptions<CatalogItem>
            {
                Count = line.GetValue(count),
                MinScore = line.GetValue(minScore),
                Where = wanted is null ? null : item => IsCategory(item, wanted),
            }, token);
            if (line.GetValue(html) is { } page)
                await File.WriteAllTextAsync(page, await AnswersPage.WriteAsync(picture, answers, engine.Describe(), token), token);
            terminal.Result(answers.Select(answer => new Answer(answer.Id, answer.Score, answer.Category)), to => Write(answers, to));
        });
        return command;
    }

    private static bool IsCategory(CatalogItem item, string wanted) => string.Equals(item.Category, wanted, StringComparison.OrdinalIgnoreCase);

    private static void RequireCategory(RecommendationEngine<CatalogItem> engine, string wanted)
    {
        if (engine.Items.Any(item => IsCategory(item, wanted)))
            return;
        var names = engine.Items.Select(item => item.Category).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        throw new CatalogException($"No item has the category '{wanted}'. "
            + (names.Count == 0 ? "This catalogue has no categories." : $"There are: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? $" and {names.Count - 20} more" : "")}."));
    }

    private static void Write(IReadOnlyList<Recommendation<CatalogItem>> answers, TextWriter to)
    {
        if (answers.Count == 0)
            to.WriteLine("No item matches.");
        foreach (var answer in answers)
            to.WriteLine($"{answer.Score:0.000}  {answer.Id}{(answer.Category is null ? "" : $"  [{answer.Category}]")}{(answer.IsSamePicture ? "  same picture" : "")}");
    }

    private sealed record Answer(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("score")] float Score,
        [property: JsonPropertyName("category")] string? Category);
}
