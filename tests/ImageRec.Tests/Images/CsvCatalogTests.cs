namespace ImageRec.Tests.Images;

public sealed class CsvCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id,path,category,brand\nsku-1,img/1.jpg,shoes,Acme\n")]
    [InlineData("ID;Path;Category;brand\r\nsku-1;img/1.jpg;shoes;Acme")]
    [InlineData("brand\tcategory\tpath\tid\nAcme\tshoes\timg/1.jpg\tsku-1\n")]
    [InlineData("\uFEFFid , path , category , brand\n sku-1 , img/1.jpg , shoes , Acme\n\n")]
    [InlineData("id,path,category,brand\n\"sku-1\",\"img/1.jpg\",\"shoes\",\"Acme\"\n")]
    public void FromCsv_AnyCommonForm_GivesItemAndAttributes(string csv)
    {
        var entry = Assert.Single(Read(csv));

        Assert.Equal(("sku-1", "shoes"), (entry.Id, entry.Category));
        Assert.Equal(Path.Combine(_folder.Path, "img", "1.jpg"), entry.Item.Path);
        Assert.Equal("Acme", Assert.Single(entry.Item.Attributes, attribute => attribute.Key == "brand").Value);
    }

    [Fact]
    public void FromCsv_Rows_KeepTheOrderOfTheFile() =>
        Assert.Equal(["b", "a", "c"], Read("id,path\nb,1.jpg\na,2.jpg\nc,3.jpg").Select(entry => entry.Id));

    [Fact]
    public void FromCsv_NoOrBlankCategory_IsNull()
    {
        Assert.Null(Assert.Single(Read("id,path\na,1.jpg")).Category);
        Assert.Null(Assert.Single(Read("id,path,category\na,1.jpg,")).Category);
    }

    [Fact]
    public void FromCsv_AbsolutePath_IsKept()
    {
        var path = Path.Combine(Path.GetTempPath(), "elsewhere.jpg");

        Assert.Equal(path, Assert.Single(Read($"id,path\na,{path}")).Item.Path);
    }

    [Fact]
    public void FromCsv_QuotedValue_MayHoldSeparatorsQuotesAndLineBreaks()
    {
        var entry = Assert.Single(Read("id,path,title\na,1.jpg,\"Boots, \"\"black\"\"\nsize 42\""));

        Assert.Equal("Boots, \"black\"\nsize 42", entry.Item.Attributes["title"]);
    }

    [Theory]
    [InlineData("sku,path\na,1.jpg", "no column 'id'. Its first line names sku, path")]
    [InlineData("id,file\na,1.jpg", "no column 'path'. Its first line names id, file")]
    [InlineData("id,path,ID\na,1.jpg,b", "the column 'id' 2 times")]
    [InlineData("id,path\na,1.jpg\n,2.jpg", "line 3: the id is blank")]
    [InlineData("id,path\na,", "line 2: the path is blank")]
    [InlineData("id,path\na,1.jpg\nb,2.jpg\na,3.jpg", "line 4: the id 'a' is in line 2 already")]
    [InlineData("id,path\na,1.jpg\nb,2.jpg,more", "line 3: ")]
    [InlineData("id,path\na,1.jpg\nb,\"2.jpg", "line 3: ")]
    [InlineData("id,path\n", "lists no picture: below its first line (id, path)")]
    [InlineData("", "is empty")]
    public void FromCsv_Unusable_SaysWhereAndWhy(string csv, string reason)
    {
        var error = Assert.Throws<CatalogException>(() => Read(csv));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("list.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromCsv_NoSuchFile_SaysWhereItLooked()
    {
        var path = Path.Combine(_folder.Path, "nowhere.csv");

        var error = Assert.Throws<CatalogException>(() => ImageCatalog.FromCsv(path).Entries.ToList());

        Assert.Contains($"there is no such file (looked for {path})", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromCsv_AFolder_PointsToFromFolder()
    {
        var error = Assert.Throws<CatalogException>(() => ImageCatalog.FromCsv(_folder.Path).Entries.ToList());

        Assert.Contains("FromFolder", error.Message, StringComparison.Ordinal);
    }

    private List<CatalogEntry<CatalogItem>> Read(string csv) => [.. ImageCatalog.FromCsv(_folder.Write("list.csv", csv)).Entries];
}
