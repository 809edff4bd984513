using System.Globalization;
using DrawnProducts;
using ImageRec.Tests.Features;
using Microsoft.Data.Sqlite;

namespace ImageRec.Tests.Tool;

/// <summary>A temporary folder with drawn photos in it, and short forms for running the command there.</summary>
public abstract class ToolTest : IDisposable
{
    private static readonly byte[] s_colors = new TinyOnnx()
        .Input("picture", 0, 3, 224, 224).Output("colors", 0, 3, 8, 8)
        .Node("AveragePool", "colors", ["picture"], TinyOnnx.Ints("kernel_shape", 28, 28), TinyOnnx.Ints("strides", 28, 28)).ToArray();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagerec-tool-test-");

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private protected ToolProcess Start(params string[] arguments) => ToolProcess.Start(_folder.FullName, arguments);

    /// <summary>Starts indexing with a network that only looks at colors, so that tests need no other.</summary>
    private protected ToolProcess StartIndex(params string[] arguments)
    {
        Network();
        return Start(["index", .. arguments, "--model", "colors.onnx", "--preset", "plain"]);
    }

    /// <returns>The path of that network.</returns>
    private protected string Network()
    {
        File.WriteAllBytes(PathOf("colors.onnx"), s_colors);
        return PathOf("colors.onnx");
    }

    private protected async Task<ToolRun> IndexAsync(params string[] arguments)
    {
        using var tool = StartIndex(arguments);
        return await tool.EndAsync(Token);
    }

    private protected async Task<ToolRun> RunAsync(params string[] arguments)
    {
        using var tool = Start(arguments);
        return await tool.EndAsync(Token);
    }

    private protected async Task<ToolRun> RunUnderAsync(string locale, params string[] arguments)
    {
        using var tool = ToolProcess.StartUnder(locale, _folder.FullName, arguments);
        return await tool.EndAsync(Token);
    }

    private protected async Task<ToolRun> RunScriptAsync(string script)
    {
        using var tool = ToolProcess.StartScript(_folder.FullName, script);
        return await tool.EndAsync(Token);
    }

    /// <summary>Draws photos into <paramref name="folder"/>, one folder a category.</summary>
    private protected void Draw(string folder, int count, int seed = 1)
    {
        foreach (var product in DrawnCatalog.Create(count, seed))
        {
            var category = Directory.CreateDirectory(Path.Combine(PathOf(folder), product.Category.ToLowerInvariant()));
            File.WriteAllBytes(Path.Combine(category.FullName, product.Sku + ".jpg"), product.Draw());
        }
    }

    private protected static byte[] DrawPhoto(int seed = 7) => DrawnCatalog.Create(1, seed)[0].Draw();

    /// <summary>Every table of a catalog file as text, to compare two files by content.</summary>
    private protected string Dump(string file)
    {
        using var connection = Connect(file);
        var lines = new List<string>();
        foreach (var table in new[] { "items", "sample", "unreadable", "state" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} ORDER BY 1, 2";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                lines.Add(table
                    + "|" + string.Join("|", Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader[i] is byte[] b ? Convert.ToHexString(b) : reader[i].ToString())));
        }
        return string.Join("\n", lines);
    }

    /// <summary>Photos whose features or rows an unfinished build has put into its file.</summary>
    private protected int ComputedSoFar(string file)
    {
        if (!File.Exists(PathOf(file)))
            return 0;
        try
        {
            using var connection = Connect(file);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT (SELECT count(*) FROM sample) + (SELECT count(*) FROM items WHERE hash IS NOT NULL)";
            return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
        catch (SqliteException)
        {
            // Being written, or without its tables yet.
            return 0;
        }
    }

    /// <summary>Waits until an unfinished build has computed something.</summary>
    private protected async Task WaitForFirstPhotosAsync(string file, ToolProcess tool)
    {
        while (ComputedSoFar(file) == 0 && !tool.HasExited)
            await Task.Delay(5, Token);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected SqliteConnection Connect(string file, string mode = "ReadOnly")
    {
        var connection = new SqliteConnection($"Data Source={PathOf(file)};Mode={mode};Pooling=False");
        connection.Open();
        return connection;
    }
}
