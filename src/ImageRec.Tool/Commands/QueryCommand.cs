using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec query FILE|STORE PHOTO -k 5</c></summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var file = SharedOptions.Place();
        var photo = SharedOptions.Photo();
        var count = NumberOption.Whole(
            new("-k", "--count") { HelpName = "K", DefaultValueFactory = _ => 5, Description = "How many answers, 1 or more." },
            least: 1, "the number of answers, 1 or more");
        var minScore = NumberOption.Between(
            new("--min-score") { HelpName = "X", Description = "Only answers at least so similar, -1 to 1." },
            least: -1, most: 1, "a cosine similarity, -1 to 1");
        var category = new Option<string?>("--category")
        {
            HelpName = "C",
            Description = "Only answers of this category; case does not matter.",
        };
        var region = SharedOptions.Region();
        var html = SharedOptions.Output<string?>(
            "--html", "PAGE", "Also write a page with the picture and its answers side by side; replaced when it is there.");
        var json = SharedOptions.Json();
        var command = new Command("query", "Find the photos of a catalog that are most similar to a picture.")
        {
            file, photo, count, minScore, category, region, html, json,
        };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var page = line.GetValue(html) is { } path ? PageFile.Require(path) : null;
            await using var catalog = await CatalogView.OpenAsync(line.GetRequiredValue(file), token);
            var picture = SharedOptions.Picture(line.GetRequiredValue(photo), line.GetValue(region));
            var options = new RecommendOptions<JsonElement> { Count = line.GetValue(count), MinScore = line.GetValue(minScore) };
            var answers = line.GetValue(category) is { } wanted
                ? await CategoryAnswers.FindAsync(catalog.Answers, catalog.ReadCategoriesAsync, picture, options, wanted, token)
                : await catalog.Answers.RecommendAsync(picture, options, token);
            if (page is not null)
                await File.WriteAllTextAsync(page, await AnswersPage.WriteAsync(picture, answers, catalog, token), token);
            terminal.Result(answers.Select(answer => Answer.Of(answer, catalog)), to => Write(answers, catalog, to));
        });
        return command;
    }

    private static void Write(IReadOnlyList<Recommendation<JsonElement>> answers, CatalogView catalog, TextWriter to)
    {
        if (answers.Count == 0)
            to.WriteLine("No item matches.");
        foreach (var answer in answers)
        {
            var category = answer.Category is null ? "" : $"  [{answer.Category}]";
            var item = catalog.HasOwnItems ? $"  {answer.Item}" : "";
            to.WriteLine($"{answer.Score:0.000}  {answer.Id}{category}{(answer.IsSamePicture ? "  same picture" : "")}{item}");
        }
    }

    private sealed record Answer(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("score")] float Score,
        [property: JsonPropertyName("category")] string? Category)
    {
        /// <summary>What an app keeps of an item; left out for items of folders and lists, which the rest says.</summary>
        [JsonPropertyName("item")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public JsonElement? Item { get; private init; }

        public static Answer Of(Recommendation<JsonElement> answer, CatalogView catalog) =>
            new(answer.Id, answer.Score, answer.Category) { Item = catalog.HasOwnItems ? answer.Item : null };
    }
}
