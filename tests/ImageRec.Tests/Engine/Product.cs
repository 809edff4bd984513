using System.Text.Json.Serialization;

namespace ImageRec.Tests.Engine;

internal sealed record Product(string Sku, string? Type, decimal Price, [property: JsonIgnore] float[] Vector)
{
    public ImageSource Picture => VectorExtractor.Picture(Vector);

    /// <summary>Products on a seeded cloud of points around a few centers, one type a center.</summary>
    public static List<Product> Cloud(int count, int dimensions = 3, int seed = 7)
    {
        var random = new Random(seed);
        var centers = Enumerable.Range(0, 4).Select(_ => Point(dimensions, random)).ToArray();
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var center = i % centers.Length;
            var noise = Point(dimensions, random);
            return new Product($"sku-{i}", $"type-{center}", i, [.. centers[center].Zip(noise, (c, n) => c + 0.2f * n)]);
        })];
    }

    private static float[] Point(int dimensions, Random random) =>
        [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() * 2 - 1)];
}
