using System.Globalization;

namespace ImageRec.Torture.Cluster;

/// <summary>The shared catalog of things that every process of the machine opens.</summary>
internal static class SharedThings
{
    /// <summary>What the workers index: never changed by the front ends.</summary>
    public static IEnumerable<Thing> Base(int count) =>
        Enumerable.Range(0, count).Select(i => new Thing(string.Create(CultureInfo.InvariantCulture, $"base {i}"), 1));

    public static SharedCatalog At(string connection, int seconds) =>
        SharedCatalog.Redis(connection, "torture", options => options.Timeout = TimeSpan.FromSeconds(seconds));

    /// <summary>Says what is wrong with an answer by itself, whatever else the catalog holds; null when it is right.</summary>
    public static string? Wrong(IReadOnlyList<Recommendation<Thing>> answer, float[] query, int count)
    {
        if (answer.Count != count)
            return $"{answer.Count} answers instead of {count}";
        foreach (var hit in answer)
        {
            // Two stores' sums and ours differ in their last bits.
            var score = Things.Cosine(query, Things.Row(hit.Item));
            if (hit.Id != hit.Item.Id || hit.Category != hit.Item.Category || Math.Abs(score - hit.Score) > 1e-4)
                return string.Create(
                    CultureInfo.InvariantCulture, $"'{hit.Id}' of {hit.Category} is {hit.Item} and scores {hit.Score}, not {score}");
        }
        return answer.DistinctBy(hit => hit.Id).Count() == answer.Count ? null : "an id is recommended twice";
    }
}
