using ImageRec.Evaluation.Caching;
using ImageRec.Tests.Engine;
using Microsoft.Data.Sqlite;

namespace ImageRec.Tests.Evaluation;

public class CachedFeatureExtractorTests : EngineTest
{
    private static readonly ImageSource[] Images = [VectorExtractor.Picture(1, 2, 3), VectorExtractor.Picture(4, 5, 6)];

    private string Cache => Path.Combine(Folder, "features.cache");

    [Fact]
    public async Task ExtractAsync_SecondTime_ComputesNothing()
    {
        using (var first = new CachedFeatureExtractor(new VectorExtractor(), Cache))
        {
            Assert.True(double.IsNaN(first.ReadMillisecondsPerImage()));
            await ExtractAsync(first);
            Assert.Equal(2, first.Computed);
        }
        using var second = new CachedFeatureExtractor(new VectorExtractor(), Cache);
        Assert.Equal(new float[] { 1, 2, 3, 4, 5, 6 }, await ExtractAsync(second));
        Assert.Equal(0, second.Computed);
        Assert.True(second.ReadMillisecondsPerImage() > 0);
    }

    [Fact]
    public async Task ExtractAsync_AnotherFingerprint_ComputesItsOwn()
    {
        using var first = new CachedFeatureExtractor(new VectorExtractor(), Cache);
        await ExtractAsync(first);
        using var other = new CachedFeatureExtractor(new VectorExtractor(fingerprint: "vector-2"), Cache);
        await ExtractAsync(other);
        Assert.Equal(2, other.Computed);
    }

    [Fact]
    public async Task ExtractAsync_DamagedRow_ComputesItAgain()
    {
        using (var first = new CachedFeatureExtractor(new VectorExtractor(), Cache))
            await ExtractAsync(first);
        using (var connection = Open(Cache))
            Assert.Equal(1, Execute(connection, "UPDATE features SET row = zeroblob(12) WHERE rowid = 1"));
        using var second = new CachedFeatureExtractor(new VectorExtractor(), Cache);
        Assert.Equal(new float[] { 1, 2, 3, 4, 5, 6 }, await ExtractAsync(second));
        Assert.Equal(1, second.Computed);
    }

    [Fact]
    public void WithCache_FileOfAnotherKind_LeavesItAsItIs()
    {
        File.WriteAllText(Cache, "my notes, which are long enough to be no header of any database file at all");
        var error = Assert.Throws<CatalogFileException>(() => new VectorExtractor().WithCache(Cache));
        Assert.Contains("features.cache", error.Message, StringComparison.Ordinal);
        var other = Path.Combine(Folder, "other.db");
        using (var connection = Open(other))
            Execute(connection, "CREATE TABLE mine(x)");
        error = Assert.Throws<CatalogFileException>(() => new VectorExtractor().WithCache(other));
        Assert.Contains("another kind", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithCache_FileThatCallsChecksumsSeals_KeepsItsRows()
    {
        using (var first = new CachedFeatureExtractor(new VectorExtractor(), Cache))
            await ExtractAsync(first);
        using (var connection = Open(Cache))
            Execute(connection, "ALTER TABLE features RENAME COLUMN checksum TO seal");
        using var second = new CachedFeatureExtractor(new VectorExtractor(), Cache);
        await ExtractAsync(second);
        Assert.Equal(0, second.Computed);
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static int Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private static async Task<float[]> ExtractAsync(CachedFeatureExtractor extractor)
    {
        var rows = new float[Images.Length * extractor.Dimensions];
        Assert.Empty(await extractor.ExtractAsync(Images, rows, Token));
        return rows;
    }
}
