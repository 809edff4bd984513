using ImageRec.Evaluation;
using ImageRec.Tests.Engine;
using Microsoft.Data.Sqlite;

namespace ImageRec.Tests.Evaluation;

public class CachedFeatureExtractorTests : EngineTest
{
    private static readonly ImageSource[] Pictures = [VectorExtractor.Picture(1, 2, 3), VectorExtractor.Picture(4, 5, 6)];

    private string Cache => Path.Combine(Folder, "features.cache");

    [Fact]
    public async Task ExtractAsync_SecondTime_ComputesNothing()
    {
        using (var first = new CachedFeatureExtractor(new VectorExtractor(), Cache))
        {
            Assert.True(double.IsNaN(first.MillisecondsPerPicture));
            await ExtractAsync(first);
            Assert.Equal(2, first.Computed);
        }
        using var second = new CachedFeatureExtractor(new VectorExtractor(), Cache);
        Assert.Equal(new float[] { 1, 2, 3, 4, 5, 6 }, await ExtractAsync(second));
        Assert.Equal(0, second.Computed);
        Assert.True(second.MillisecondsPerPicture > 0);
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
        using (var connection = new SqliteConnection($"Data Source={Cache};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE features SET row = zeroblob(12) WHERE rowid = 1";
            Assert.Equal(1, command.ExecuteNonQuery());
        }
        using var second = new CachedFeatureExtractor(new VectorExtractor(), Cache);
        Assert.Equal(new float[] { 1, 2, 3, 4, 5, 6 }, await ExtractAsync(second));
        Assert.Equal(1, second.Computed);
    }

    [Fact]
    public void Constructor_FileOfAnotherKind_LeavesItAsItIs()
    {
        File.WriteAllText(Cache, "my notes, which are long enough to be no header of any database file at all");
        Assert.Contains("features.cache", Assert.Throws<CatalogFileException>(() => new CachedFeatureExtractor(new VectorExtractor(), Cache)).Message, StringComparison.Ordinal);
        var other = Path.Combine(Folder, "other.db");
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE mine(x)";
            command.ExecuteNonQuery();
        }
        Assert.Contains("another kind", Assert.Throws<CatalogFileException>(() => new CachedFeatureExtractor(new VectorExtractor(), other)).Message, StringComparison.Ordinal);
    }

    private static async Task<float[]> ExtractAsync(CachedFeatureExtractor extractor)
    {
        var rows = new float[Pictures.Length * extractor.Dimensions];
        Assert.Empty(await extractor.ExtractAsync(Pictures, rows, Token));
        return rows;
    }
}
