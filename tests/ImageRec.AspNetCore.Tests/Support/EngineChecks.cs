using System.Diagnostics.CodeAnalysis;

namespace ImageRec.AspNetCore.Tests;

/// <summary>What a test asks of the engine in this process at once.</summary>
internal static class EngineChecks
{
    extension<TItem>(IRecommendationEngine<TItem> engine)
    {
        public int Count => ((RecommendationEngine<TItem>)engine).Count;

        public bool TryGet(string id, [MaybeNullWhen(false)] out TItem item) => ((RecommendationEngine<TItem>)engine).TryGet(id, out item);
    }
}
