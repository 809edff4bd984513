using System.Text.Json;

namespace ImageRec.Tool.Input;

/// <summary>Finds the most similar items of one category.</summary>
internal static class CategoryAnswers
{
    // Most categories have their best among so many times as many answers; where not, more are asked for.
    private const int Factor = 10;
    private const int Least = 100;

    /// <param name="engine">Any catalog.</param>
    /// <param name="known">Reads the categories that its items have, sorted.</param>
    /// <param name="picture">The query.</param>
    /// <param name="options">How many answers of the category, and how similar.</param>
    /// <param name="category">Its name; case does not matter.</param>
    /// <param name="token">Stops the search.</param>
    /// <returns>Best first.</returns>
    /// <exception cref="CatalogException">No item is of that category; the message lists those there are.</exception>
    public static async Task<IReadOnlyList<Recommendation<JsonElement>>> FindAsync(
        IRecommendationEngine<JsonElement> engine, Func<CancellationToken, Task<IReadOnlyList<string>>> known, ImageSource picture,
        RecommendOptions<JsonElement> options, string category, CancellationToken token)
    {
        for (var asked = Math.Max(Least, (long)options.Count * Factor); ; asked *= Factor)
        {
            var answers = await engine.RecommendAsync(
                picture, new() { Count = (int)Math.Min(asked, int.MaxValue), MinScore = options.MinScore }, token);
            var found = answers.Where(answer => Is(answer.Category, category)).Take(options.Count).ToList();
            if (found.Count < options.Count && answers.Count == asked)
                continue;
            // Which there are is read only for whom it is news.
            if (found.Count == 0)
                Require(await known(token), category);
            return found;
        }
    }

    private static void Require(IReadOnlyList<string> categories, string wanted)
    {
        if (categories.Any(category => Is(category, wanted)))
            return;
        var there = categories.Count == 0
            ? "This catalog has no categories."
            : $"There are: {string.Join(", ", categories.Take(20))}{(categories.Count > 20 ? $" and {categories.Count - 20} more" : "")}.";
        throw new CatalogException($"No item has the category '{wanted}'. {there}");
    }

    private static bool Is(string? category, string wanted) => string.Equals(category, wanted, StringComparison.OrdinalIgnoreCase);
}
