using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Npgsql;
using Pgvector;

namespace ImageRec.VectorData.Tests.Support;

/// <summary>A table of PostgreSQL: a column per field.</summary>
internal sealed class PostgresCollection(NpgsqlDataSource source, string name, VectorStoreCollectionDefinition definition)
    : VectorStoreCollection<object, Dictionary<string, object?>>
{
    private readonly string _key = definition.Properties.OfType<VectorStoreKeyProperty>().Single().Name;
    private readonly VectorStoreVectorProperty _vector = definition.Properties.OfType<VectorStoreVectorProperty>().Single();

    public override string Name => name;

    public override async Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM pg_tables WHERE tablename = $1");
        command.Parameters.AddWithValue(name);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! > 0;
    }

    public override async Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        var columns = definition.Properties.Select(property => $"\"{property.Name}\" {TypeOf(property)}");
        await using var command = source.CreateCommand($"CREATE TABLE IF NOT EXISTS \"{name}\" ({string.Join(", ", columns)})");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand($"DROP TABLE IF EXISTS \"{name}\"");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task<Dictionary<string, object?>?> GetAsync(
        object key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand($"SELECT {Columns(options?.IncludeVectors)} FROM \"{name}\" WHERE \"{_key}\" = $1");
        command.Parameters.AddWithValue(key);
        await foreach (var record in ReadAsync(command, cancellationToken))
            return record;
        return null;
    }

    public override async IAsyncEnumerable<Dictionary<string, object?>> GetAsync(
        Expression<Func<Dictionary<string, object?>, bool>> filter, int top,
        FilteredRecordRetrievalOptions<Dictionary<string, object?>>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand();
        var order = options?.OrderBy?.Invoke(new()).Values is [var by]
            ? $" ORDER BY {PostgresFilter.Column(by.PropertySelector.Body)}"
            : "";
        var where = PostgresFilter.Sql(filter, command.Parameters);
        command.CommandText = FormattableString.Invariant(
            $"SELECT {Columns(options?.IncludeVectors)} FROM \"{name}\" WHERE {where}{order} LIMIT {top}");
        await foreach (var record in ReadAsync(command, cancellationToken))
            yield return record;
    }

    public override async Task DeleteAsync(object key, CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand($"DELETE FROM \"{name}\" WHERE \"{_key}\" = $1");
        command.Parameters.AddWithValue(key);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override Task UpsertAsync(Dictionary<string, object?> record, CancellationToken cancellationToken = default) =>
        UpsertAsync([record], cancellationToken);

    public override async Task UpsertAsync(
        IEnumerable<Dictionary<string, object?>> records, CancellationToken cancellationToken = default)
    {
        var fields = definition.Properties.Select(property => property.Name).ToList();
        var update = string.Join(", ", fields.Select(field => $"\"{field}\" = excluded.\"{field}\""));
        await using var batch = source.CreateBatch();
        foreach (var record in records)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = $"INSERT INTO \"{name}\" ({string.Join(", ", fields.Select(field => $"\"{field}\""))}) "
                + $"VALUES ({string.Join(", ", fields.Select((_, i) => FormattableString.Invariant($"${i + 1}")))}) "
                + $"ON CONFLICT (\"{_key}\") DO UPDATE SET {update}";
            foreach (var field in fields)
                command.Parameters.Add(new NpgsqlParameter
                {
                    Value = record[field] switch { ReadOnlyMemory<float> row => new Vector(row), var value => value ?? DBNull.Value },
                });
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async IAsyncEnumerable<VectorSearchResult<Dictionary<string, object?>>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<Dictionary<string, object?>>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand();
        command.Parameters.AddWithValue(new Vector((ReadOnlyMemory<float>)(object)searchValue!));
        var where = options?.Filter is { } filter ? $" WHERE {PostgresFilter.Sql(filter, command.Parameters)}" : "";
        command.CommandText = FormattableString.Invariant(
            $"""
            SELECT {Columns(options?.IncludeVectors)}, 1 - ("{_vector.Name}" <=> $1) AS score
            FROM "{name}"{where} ORDER BY "{_vector.Name}" <=> $1 LIMIT {top}
            """);
        await foreach (var record in ReadAsync(command, cancellationToken))
            yield return new(record, (double)record["score"]!);
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    private static async IAsyncEnumerable<Dictionary<string, object?>> ReadAsync(
        NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var record = new Dictionary<string, object?>();
            for (var i = 0; i < reader.FieldCount; i++)
                record[reader.GetName(i)] = reader.GetValue(i) switch { DBNull => null, Vector row => row.Memory, var value => value };
            yield return record;
        }
    }

    private string Columns(bool? withVector) => string.Join(", ", definition.Properties
        .Where(property => withVector == true || property != _vector).Select(property => $"\"{property.Name}\""));

    private static string TypeOf(VectorStoreProperty property) => property switch
    {
        VectorStoreKeyProperty => property.Type == typeof(Guid) ? "uuid PRIMARY KEY" : "text PRIMARY KEY",
        VectorStoreVectorProperty vector => FormattableString.Invariant($"vector({vector.Dimensions})"),
        _ when property.Type == typeof(double?) => "double precision",
        _ when property.Type == typeof(bool?) => "boolean",
        _ when property.Type == typeof(long) => "bigint",
        _ => "text",
    };
}
