using ImageRec.Features;

namespace ImageRec.Tests.Engine;

/// <summary>A temporary folder and short forms for building engines over <see cref="Product"/>.</summary>
public abstract class EngineTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagerec-test-");

    private protected string FilePath => Path.Combine(_folder.FullName, "shop.imagerec");

    private protected string Folder => _folder.FullName;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected static RecommenderBuilder Builder(IFeatureExtractor? extractor = null) =>
        new RecommenderBuilder { FitSampleRows = 50 }.UseExtractor(extractor ?? new VectorExtractor()).WithoutReduction()
            .ClusterWithKMeans(4);

    private protected static ImageCatalog<Product> Catalog(IEnumerable<Product> products) =>
        products.ToCatalog(p => p.Sku, p => p.Picture, p => p.Type);

    private protected static Task<RecommendationEngine<Product>> BuildAsync(
        IEnumerable<Product> products, string? file = null, IFeatureExtractor? extractor = null) =>
        Builder(extractor).BuildAsync(Catalog(products), file, cancellationToken: Token);

    /// <summary>Changes the catalog file behind the library's back.</summary>
    private protected void Execute(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Every table of a catalog file as text, to compare two files by content.</summary>
    private protected static string Dump(string path)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
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

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
