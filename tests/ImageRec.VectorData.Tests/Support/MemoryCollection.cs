using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;

namespace ImageRec.VectorData.Tests.Support;

/// <summary>A collection in the memory of the tests. Filters are compiled, and fields that were not defined are an error.</summary>
internal sealed class MemoryCollection(MemoryVectorStore store, string name, VectorStoreCollectionDefinition definition)
    : VectorStoreCollection<object, Dictionary<string, object?>>
{
    private readonly string _key = definition.Properties.OfType<VectorStoreKeyProperty>().Single().Name;
    private readonly string _vector = definition.Properties.OfType<VectorStoreVectorProperty>().Single().Name;

    public override string Name => name;

    private ICollection<Dictionary<string, object?>> Records =>
        store.Failure is { } failure ? throw failure : store.Collections[name].Values;

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) =>
        store.Failure is { } failure ? throw failure : Task.FromResult(store.Collections.ContainsKey(name));

    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        store.Collections.TryAdd(name, new());
        return Task.CompletedTask;
    }

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) =>
        store.EnsureCollectionDeletedAsync(name, cancellationToken);

    public override Task<Dictionary<string, object?>?> GetAsync(
        object key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default) =>
        store.Failure is { } failure ? throw failure
        : Task.FromResult(store.Collections.TryGetValue(name, out var records) && records.TryGetValue(key, out var record)
            ? Copy(record, options?.IncludeVectors == true)
            : null);

    public override async IAsyncEnumerable<Dictionary<string, object?>> GetAsync(
        Expression<Func<Dictionary<string, object?>, bool>> filter, int top,
        FilteredRecordRetrievalOptions<Dictionary<string, object?>>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var found = Records.Where(filter.Compile());
        if (options?.OrderBy?.Invoke(new()).Values is [var order])
            found = found.OrderBy(order.PropertySelector.Compile());
        foreach (var record in found.Skip(options?.Skip ?? 0).Take(top).ToList())
            yield return Copy(record, options?.IncludeVectors == true);
    }

    public override Task DeleteAsync(object key, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.Collections[name].TryRemove(key, out _));

    public override Task UpsertAsync(Dictionary<string, object?> record, CancellationToken cancellationToken = default)
    {
        if (store.Failure is { } failure)
            throw failure;
        Assert.Equal(definition.Properties.Select(property => property.Name).Order(), record.Keys.Order());
        foreach (var property in definition.Properties)
            if (record[property.Name] is { } value)
                Assert.Equal(Nullable.GetUnderlyingType(property.Type!) ?? property.Type, value.GetType());
        store.Collections[name][record[_key]!] = Copy(record, true);
        return Task.CompletedTask;
    }

    public override async Task UpsertAsync(
        IEnumerable<Dictionary<string, object?>> records, CancellationToken cancellationToken = default)
    {
        foreach (var record in records)
            await UpsertAsync(record, cancellationToken);
    }

    public override async IAsyncEnumerable<VectorSearchResult<Dictionary<string, object?>>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<Dictionary<string, object?>>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (options?.Filter is { } asked)
        {
            store.Filters.Enqueue(asked.ToString());
            if (store.RefusesFilters)
                throw new VectorStoreException("Refused", new NotSupportedException("Filters of this kind are not supported."));
        }
        var query = (ReadOnlyMemory<float>)(object)searchValue!;
        var found = Records.Where(options?.Filter?.Compile() ?? (_ => true))
            .Select(record => (record, Score: TensorPrimitives.Dot(query.Span, ((ReadOnlyMemory<float>)record[_vector]!).Span)))
            .OrderByDescending(hit => hit.Score).Take(top).ToList();
        foreach (var (record, score) in found)
            // A score of another kind, as some providers have.
            yield return new(Copy(record, options?.IncludeVectors == true), 1 / (2 - score));
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    private Dictionary<string, object?> Copy(Dictionary<string, object?> record, bool withVector)
    {
        var copy = new Dictionary<string, object?>(record);
        if (!withVector)
            copy.Remove(_vector);
        return copy;
    }
}
