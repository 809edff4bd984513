using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Npgsql;

namespace ImageRec.VectorData.Tests.Support;

/// <summary>A small provider for PostgreSQL with pgvector: a table per collection, exact search.</summary>
internal sealed class PostgresVectorStore(NpgsqlDataSource source) : VectorStore
{
    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(
        string name, VectorStoreCollectionDefinition definition) => new PostgresCollection(source, name, definition);

    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(
        string name, VectorStoreCollectionDefinition? definition = null) => throw new NotSupportedException();

    public override async IAsyncEnumerable<string> ListCollectionNamesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return reader.GetString(0);
    }

    public override async Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        await foreach (var other in ListCollectionNamesAsync(cancellationToken))
            if (other == name)
                return true;
        return false;
    }

    public override async Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand($"DROP TABLE IF EXISTS \"{name}\"");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(VectorStoreMetadata) ? new VectorStoreMetadata { VectorStoreSystemName = "postgresql" } : null;
}
