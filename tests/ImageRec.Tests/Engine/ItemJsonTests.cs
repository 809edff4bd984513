using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageRec.Tests.Engine;

/// <summary>Items come back from a file as they went in, or the build says which member would not.</summary>
public class ItemJsonTests : EngineTest
{
    private sealed class Fields
    {
        public string Name = "";
    }

    private sealed class PrivateSetter
    {
        public string Name { get; private set; } = "";

        public static PrivateSetter Of(string name) => new() { Name = name };
    }

    private sealed class Nested
    {
        public string Name { get; set; } = "";

        public Fields Size { get; set; } = new();
    }

    private record Base(string Name);

    private sealed record Derived(string Name, int Extra) : Base(Name);

    private sealed record Computed(string First, string Last)
    {
        public string Full => $"{First} {Last}";

        [JsonIgnore]
        public int Cache = 3;
    }

    [JsonDerivedType(typeof(Hat), "hat")]
    private abstract record Goods(string Name);

    private sealed record Hat(string Name, int Size) : Goods(Name);

    private sealed record Holder(Base Pet);

    private sealed record ListHolder(List<Base> Pets);

    private sealed record ObjectHolder(object Value);

    private sealed class HandWritten(string sku)
    {
        private string? _color;

        public string Sku => sku;

        public string? Color => _color;

        public HandWritten Paint(string color)
        {
            _color = color;
            return this;
        }
    }

    private sealed class Titled : List<string>
    {
        public string? Title { get; set; }
    }

    private sealed class Throwing
    {
        private string _name = "a";

        public string Name
        {
            get => throw new KeyNotFoundException(_name);
            set => _name = value;
        }
    }

    private sealed class Converted
    {
        [JsonConverter(typeof(VectorConverter))]
        public System.Numerics.Vector3 Size { get; set; }

        [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
        public double Weight { get; set; }
    }

    private sealed class VectorConverter : JsonConverter<System.Numerics.Vector3>
    {
        public override System.Numerics.Vector3 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetSingle());

        public override void Write(Utf8JsonWriter writer, System.Numerics.Vector3 value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.X);
    }

    private Task<RecommendationEngine<T>> BuildAsync<T>(T item, JsonSerializerOptions? json = null) =>
        new RecommenderBuilder { Json = json }.UseExtractor(new VectorExtractor()).WithoutReduction().WithoutClusters()
            .BuildAsync(new[] { item }.ToCatalog(_ => "id-0", _ => VectorExtractor.Picture(1, 1, 1)), FilePath, cancellationToken: Token);

    private async Task RefusedAsync<T>(T item, string member)
    {
        var error = await Assert.ThrowsAsync<CatalogException>(() => BuildAsync(item));
        Assert.Contains(member, error.Message, StringComparison.Ordinal);
        Assert.Contains("id-0", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public async Task BuildAsync_ItemsThatJsonDoesNotCarry_NamesTypeAndMember()
    {
        await RefusedAsync(("a", 1), "Item1");
        await RefusedAsync(new Fields { Name = "a" }, "Fields.Name");
        await RefusedAsync(PrivateSetter.Of("a"), "PrivateSetter.Name");
        await RefusedAsync(new Nested { Name = "a", Size = new Fields { Name = "b" } }, "Nested.Size.Name");
        await RefusedAsync<Base>(new Derived("a", 1), "Derived");
        await RefusedAsync<object>(new Derived("a", 1), "Derived");
        await RefusedAsync(new Holder(new Derived("a", 1)), "Derived");
        await RefusedAsync(new ListHolder([new Base("a"), new Derived("a", 1)]), "Derived");
        await RefusedAsync(new ObjectHolder(3), "Int32");
        await RefusedAsync(new HandWritten("a").Paint("red"), "Color");
        await RefusedAsync(new Titled { Title = "a" }, "Title");
        await RefusedAsync(new Throwing(), "Throwing");
    }

    [Fact]
    public async Task OpenAsync_ItemsThatJsonCarries_ComeBackWhole()
    {
        async Task ReturnsAsync<T>(T item, JsonSerializerOptions? json = null, Func<T, object?>? by = null)
        {
            File.Delete(FilePath);
            await (await BuildAsync(item, json)).DisposeAsync();
            await using var opened = await new RecommenderBuilder { Json = json }.UseExtractor(new VectorExtractor())
                .OpenAsync<T>(FilePath, Token);
            var found = Assert.Single(opened.Items);
            Assert.Equal(by is null ? item : by(item), by is null ? found : by(found));
        }

        await ReturnsAsync(new Computed("a", "b"));
        await ReturnsAsync("text");
        await ReturnsAsync(new Converted { Size = new(2), Weight = double.NaN }, by: c => (c.Size, c.Weight));
        await ReturnsAsync(42);
        await ReturnsAsync<Goods>(new Hat("a", 3));
        await ReturnsAsync(new Fields { Name = "a" }, new JsonSerializerOptions { IncludeFields = true }, f => f.Name);
        await ReturnsAsync(("a", 1), new JsonSerializerOptions { IncludeFields = true });
    }

    [Fact]
    public async Task UpsertAsync_ItemThatJsonDoesNotCarry_IsRefusedAndNothingChanges()
    {
        await using var engine = await BuildAsync(new Base("a"));
        await Assert.ThrowsAsync<CatalogException>(() => engine.UpsertAsync(
            new Base[] { new Derived("b", 1) }.ToCatalog(_ => "b", _ => VectorExtractor.Picture(1, 2, 3)), cancellationToken: Token));
        Assert.Equal(1, engine.Count);
    }
}
