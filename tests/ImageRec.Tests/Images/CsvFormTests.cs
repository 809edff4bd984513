namespace ImageRec.Tests.Images;

/// <summary>Lists as spreadsheets, databases and people write them.</summary>
public sealed class CsvFormTests : CsvFolder
{
    private const string All = "1 x img/a.jpg\n2 x img/b.png\n3 y img/sub/c.jpg\n4 y img/\u00E9to\u00E9/d.jpg";

    [Theory]
    [InlineData("id,path,category\n1,img/a.jpg,x\n2,img/b.png,x\n3,img/sub/c.jpg,y\n4,img/\u00E9to\u00E9/d.jpg,y")]
    [InlineData("id,path,category\n1,img/a.jpg,x\n\n\n2,img/b.png,x\n3,img/sub/c.jpg,y\n4,img/\u00E9to\u00E9/d.jpg,y\n\n\n")]
    [InlineData("id,path,category\r1,img/a.jpg,x\r2,img/b.png,x\r3,img/sub/c.jpg,y\r4,img/\u00E9to\u00E9/d.jpg,y\r")]
    [InlineData(
        "id;path;category;\r\n1;img/a.jpg;x;\r\n2;img/b.png;x;\r\n3;img/sub/c.jpg;y;\r\n4;img/\u00E9to\u00E9/d.jpg;y;\r\n;;;\r\n;;;\r\n")]
    [InlineData(
        "id,path,category,,\n1,img/a.jpg,x,,\n2,img/b.png,x,,\n3,img/sub/c.jpg,y,,\n4,img/\u00E9to\u00E9/d.jpg,y,,\n,,,,\n  ,\t,,,\n")]
    [InlineData("id,path,category\n1,img/a.jpg,x,,,\n2,img/b.png,x\n3,img/sub/c.jpg,y,\n4,img/\u00E9to\u00E9/d.jpg,y\n,,,\n")]
    [InlineData(
        "\"id\",\"path\",\"category\"\r\n\"1\",\"img/a.jpg\",\"x\"\r\n\"2\",\"img/b.png\",\"x\"\r\n\"3\",\"img/sub/c.jpg\",\"y\"\r\n\"4\",\"img/\u00E9to\u00E9/d.jpg\",\"y\"\r\n")]
    [InlineData("id|path|category\n1|img/a.jpg|x\n2|img/b.png|x\n3|img/sub/c.jpg|y\n4|img/\u00E9to\u00E9/d.jpg|y\n")]
    [InlineData(
        "\uFEFFsep=;\r\nid;path;category\r\n1;img/a.jpg;x\r\n2;img/b.png;x\r\n3;img/sub/c.jpg;y\r\n4;img/\u00E9to\u00E9/d.jpg;y\r\n")]
    [InlineData("sep=~\nid~path~category\n1~img/a.jpg~x\n2~img/b.png~x\n3~img/sub/c.jpg~y\n4~img/\u00E9to\u00E9/d.jpg~y\n")]
    [InlineData("# exported, 2024; by | "
        + "hand\n#\n\nid,path,category\n1,img/a.jpg,x\n2,img/b.png,x\n3,img/sub/c.jpg,y\n4,img/\u00E9to\u00E9/d.jpg,y\n")]
    [InlineData(",,\n,,\nid,path,category\n1,img/a.jpg,x\n2,img/b.png,x\n3,img/sub/c.jpg,y\n4,img/\u00E9to\u00E9/d.jpg,y\n")]
    [InlineData("ID,Path,CATEGORY\n1,img/a.jpg,x\n2,img/b.png,x\n3,img/sub/c.jpg,y\n4,img/\u00E9to\u00E9/d.jpg,y\n")]
    [InlineData("id,  path ,  category\n1, img/a.jpg, x\n2, img/b.png, x\n3, img/sub/c.jpg, y\n4, img/\u00E9to\u00E9/d.jpg, y\n")]
    [InlineData(
        "\uFEFF\uFEFFid,path\u00A0,\u200Bcategory\n1,img/a.jpg,x\n2,img/b.png,x\n3,img/sub/c.jpg,y\n4,img/\u00E9to\u00E9/d.jpg,y\n")]
    [InlineData(",id,path,category\n0,1,img/a.jpg,x\n1,2,img/b.png,x\n2,3,img/sub/c.jpg,y\n3,4,img/\u00E9to\u00E9/d.jpg,y\n")]
    public async Task FromCsv_EveryCommonForm_GivesTheSame(string list) => Assert.Equal(All, await ReadAsync(list));

    [Theory]
    [InlineData("id,path\n1,img/a.jpg\n", "1 - img/a.jpg")]
    [InlineData("id,path,category\n1,img/a.jpg\n2,img/b.png,x\n", "1 - img/a.jpg\n2 x img/b.png")]
    [InlineData("id,path,category\nA,img/a.jpg,x\na,img/b.png,x\n", "A x img/a.jpg\na x img/b.png")]
    [InlineData("id,path,category\n007,img/a.jpg,x\n7,img/b.png,x\n=1+1,img/sub/c.jpg,y\n",
        "007 x img/a.jpg\n7 x img/b.png\n=1+1 y img/sub/c.jpg")]
    [InlineData("id,path\n#1,img/a.jpg\n# 2,img/b.png\n", "#1 - img/a.jpg\n# 2 - img/b.png")]
    [InlineData("#,id,path\n1,x,img/a.jpg\n", "x - img/a.jpg")]
    [InlineData("id,path,category\n1,~/a.jpg,x\n2, img/b.png ,x\n3,\"img/sub/c.jpg\",y\n", "1 x -\n2 x img/b.png\n3 y img/sub/c.jpg")]
    [InlineData("id,path,category\n\"</script><b>\",img/a.jpg,\"</script><b>x\"\n", "</script><b> </script><b>x img/a.jpg")]
    [InlineData("sep=;\nid;path;category\n1;img/a.jpg;a,b,c\n", "1 a,b,c img/a.jpg")]
    [InlineData("id;path\n1,2,3;img/a.jpg\n4,5,6;img/b.png\n", "1,2,3 - img/a.jpg\n4,5,6 - img/b.png")]
    [InlineData("id,path\n\"two\nlines\",img/a.jpg\n", "two\nlines - img/a.jpg")]
    public async Task FromCsv_OddButPlainRows_AreTakenAsWritten(string list, string expected) =>
        Assert.Equal(expected, await ReadAsync(list));

    [Fact]
    public void FromCsv_AQuoteInsideAValue_IsText()
    {
        var entries = Entries("id,path,category,description\n1,img/a.jpg,x,6\" heel\n2,img/b.png,x,5\" heel\n3,img/sub/c.jpg,y,3\n");

        Assert.Equal(["6\" heel", "5\" heel", "3"], entries.Select(entry => entry.Item.Attributes["description"]));
    }

    [Fact]
    public void FromCsv_CommasInTextBetweenSemicolons_AreText()
    {
        var entry = Assert.Single(Entries("id;path;category;description;price\r\n1;img/a.jpg;x;red, long, wool, soft;19,99\r\n"));

        Assert.Equal(("red, long, wool, soft", "19,99"), (entry.Item.Attributes["description"], entry.Item.Attributes["price"]));
    }

    [Fact]
    public void FromCsv_ColumnsWithoutAName_AreNoAttributes()
    {
        var entry = Assert.Single(Entries(",id,path,,brand,\n7,1,img/a.jpg,,Acme,\n"));

        Assert.Equal(["brand"], entry.Item.Attributes.Keys);
    }

    [Fact]
    public void FromCsv_ALongDescription_IsKept()
    {
        var text = new string('x', 1_000_000);

        Assert.Equal(text, Assert.Single(Entries($"id,path,text\n1,img/a.jpg,{text}\n")).Item.Attributes["text"]);
    }

    [Theory]
    [InlineData("sku,image,type\n1,img/a.jpg,x\n", "no column 'id'. Its first line names sku, image, type")]
    [InlineData("id,path,category,tag,Tag\n1,img/a.jpg,x,a,b\n", "the column 'tag' 2 times")]
    [InlineData("id,path,category\n", "lists no picture")]
    [InlineData("id,path,category\n,,\n", "lists no picture")]
    [InlineData("# nothing but this\n", "is empty")]
    [InlineData("\n\n", "is empty")]
    [InlineData("id,path,category\n1,img/a.jpg,x\n2,img/b\0.png,x\n", "line 3: there is a character of value 0")]
    [InlineData("id,path,category\n1,img/a.jpg,x\n2\0,img/b.png,x\n", "line 3: there is a character of value 0")]
    [InlineData("# a\n# b\nid,path\n1,img/a.jpg\n1,img/b.png\n", "line 5: the id '1' is in line 4 already")]
    [InlineData("id,path,category\n1\n", "line 2: the path is missing; the line has 1 values, the first line names 3 columns")]
    [InlineData("category,id,path\nx\n", "line 2: the id is missing")]
    [InlineData("id,path,category,,\n1,img/a.jpg,x,,more\n", "line 2: there are 5 values, but the first line names 3 columns")]
    [InlineData("id,path\n1,img/a.jpg\n2,\"img/b.png\"x\n", "line 3: there is text behind the quote")]
    [InlineData("id,path\n1,img/a.jpg\n2,\"img/b.png\n3,img/sub/c.jpg\n", "line 3: a quote is opened and never closed")]
    [InlineData("id,path,\"category\n1,img/a.jpg,x\n", "line 1: a quote is opened and never closed")]
    [InlineData("id,path\n \u00A0 ,img/a.jpg\n", "line 2: the id is blank")]
    [InlineData("id,path,category\nM\uFFFDller,img/a.jpg,x\n", "line 2: 'M\uFFFDller' has lost characters")]
    [InlineData("id,path,category\n1,img/a.jpg,R\uFFFDcke\n", "line 2: 'R\uFFFDcke' has lost characters")]
    public void FromCsv_Unusable_SaysWhereAndWhy(string list, string reason)
    {
        var error = Assert.Throws<CatalogException>(() => Entries(list));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("list.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromCsv_ARecordWithoutEnd_IsRefused()
    {
        var error = Assert.Throws<CatalogException>(() => Entries("id,path\n1," + new string('x', 40_000_000)));

        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }
}
