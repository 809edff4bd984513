using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ImageRec.Storage;

/// <summary>Runs SQL with named parameters.</summary>
internal static class SqliteCommands
{
    /// <summary>Makes a statement with these values; null is NULL.</summary>
    public static SqliteCommand Command(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <summary>Runs a statement once.</summary>
    public static void Execute(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Returns the number that a statement results in; 0 for NULL and for no row.</summary>
    public static long Scalar(this SqliteCommand command) =>
        Convert.ToInt64(command.ExecuteScalar() is { } value and not DBNull ? value : 0L, CultureInfo.InvariantCulture);
}
