using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;

namespace ImageRec.VectorData.Tests.Support;

/// <summary>A vector store in the memory of the tests.</summary>
internal sealed class MemoryVectorStore : VectorStore
{
    internal ConcurrentDictionary<string, ConcurrentDictionary<object, Dictionary<string, object?>>> Collections { get; } = new();

    /// <summary>Whether searches refuse filters, as those of some providers do.</summary>
    public bool RefusesFilters { get; init; }

    /// <summary>Filters of the searches that were asked.</summary>
    public ConcurrentQueue<string> Filters { get; } = new();

    /// <summary>What calls throw; null for nothing.</summary>
    public Exception? Failure { get; set; }

    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(
        string name, VectorStoreCollectionDefinition definition) => new MemoryCollection(this, name, definition);

    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(
        string name, VectorStoreCollectionDefinition? definition = null) => throw new NotSupportedException();

    public override async IAsyncEnumerable<string> ListCollectionNamesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var name in Collections.Keys)
            yield return name;
    }

    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) =>
        Task.FromResult(Collections.ContainsKey(name));

    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default) =>
        Task.FromResult(Collections.TryRemove(name, out _));

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(VectorStoreMetadata) ? new VectorStoreMetadata { VectorStoreSystemName = "memory" } : null;
}
