using ImageRec;

namespace Shop;

/// <summary>The switch <c>--network</c>: which network looks at the pictures.</summary>
internal static class ShopNetwork
{
    /// <summary>Lists the names.</summary>
    public const string Names = "compact, resnet18, both";

    /// <summary>Returns whether there is a network of that name; null is the one inside ImageRec.</summary>
    public static bool Exists(string? name) => name is null or "compact" or "resnet18" or "both";

    /// <summary>Makes the builder for a name that exists.</summary>
    public static RecommenderBuilder Builder(string? name)
    {
        var builder = new RecommenderBuilder().LearnCategories();
        return name switch
        {
            "resnet18" => builder.UseResNet18(),
            "both" => builder.UseCompactNetwork().AndOnnx(ResNet18Network.Model, weight: 0.7f),
            _ => builder,
        };
    }
}
