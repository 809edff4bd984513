using ImageRec.Torture.Fuzz.Pictures;

namespace ImageRec.Torture.Fuzz.Networks;

/// <summary>
/// Mutated networks: each is refused, or a catalog is built with it that finds every picture of its own again. ONNX Runtime's native code
/// is reached with whatever passes for a network, so its crashes are counted apart.
/// </summary>
internal sealed class NetworkTarget : IFuzzTarget
{
    private static readonly IReadOnlyList<byte[]> s_pictures =
        [.. Enumerable.Range(1, 3).Select(seed => OtherWriters.Bmp(new Random(seed), 16, 24))];

    public string Name => "fuzz-networks";

    public string Unit => "mutated networks";

    public int LongCount => 10_000;

    public long MaxWorkingSet => 2_000_000_000;

    public byte[] Make(Random random)
    {
        var network = random.Next(3) == 0 ? NetworkSeeds.Fixed[random.Next(NetworkSeeds.Fixed.Count)] : NetworkSeeds.Random(random);
        return random.Next(4) == 0 ? network : Mutator.Mutate(random, (byte[])network.Clone(), NetworkSeeds.Fixed);
    }

    public bool Declares(Exception exception) =>
        exception is OnnxModelException or InvalidFeaturesException or CatalogException or UnreadableImageException or ArgumentException;

    public async Task TryAsync(byte[] input)
    {
        var model = new OnnxModel(input, "fuzzed") { Width = NetworkSeeds.Side, Height = NetworkSeeds.Side };
        var builder = new RecommenderBuilder().UseOnnx(model, o => o.Threads = 1).WithoutReduction().WithoutClusters();
        var catalog = Enumerable.Range(0, s_pictures.Count)
            .ToCatalog(i => $"{i}", i => ImageSource.FromBytes(s_pictures[i], $"picture {i}"));
        await using var engine = await builder.BuildAsync(catalog);
        for (var i = 0; i < s_pictures.Count; i++)
        {
            var answer = await engine.RecommendAsync(
                ImageSource.FromBytes(s_pictures[i]), new RecommendOptions<int> { Count = s_pictures.Count });
            if (answer.Count != engine.Count)
                throw new WrongException($"{answer.Count} of {engine.Count} pictures are answered");
            foreach (var hit in answer)
            {
                if (!(hit.Score is >= -1.00001f and <= 1.00001f))
                    throw new WrongException($"a score is {hit.Score}");
                // A row of zeros scores 0 with everything, itself too.
                if (hit.Item == i && hit.IsSamePicture && hit.Score is not (1 or 0))
                    throw new WrongException($"a picture is like itself by {hit.Score}");
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
