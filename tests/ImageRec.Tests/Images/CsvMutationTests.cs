using System.Text;

namespace ImageRec.Tests.Images;

/// <summary>Damaged lists: they are read or refused, and nothing else comes out.</summary>
public sealed class CsvMutationTests : CsvFolder
{
    private static readonly string[] s_seeds =
    [
        "id,path,category,title\n1,img/a.jpg,x,\"Boots, \"\"black\"\"\nsize 42\"\n2,img/b.png,x,6\" "
        + "heel\n3,img/sub/c.jpg,y,\n4,img/\u00E9to\u00E9/d.jpg,y,z\n",
        "\uFEFFsep=;\r\nid;path;category;\r\n1;img\\a.jpg;x;\r\n2;https://shop.example/b.png;R\u00F6cke;\r\n;;;\r\n",
        "# exported\nbrand\tpath\tid\nAcme\tC:\\img\\a.jpg\t1\nAcme\tdata:image/png;base64,AA==\t2\n",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FromCsv_MutatedList_IsReadOrRefusedWithASentence(int seed)
    {
        var random = new Random(seed);
        Encoding[] encodings = [Encoding.UTF8, Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode];
        for (var run = 0; run < 500; run++)
        {
            var list = encodings[random.Next(encodings.Length)].GetBytes(s_seeds[random.Next(s_seeds.Length)]).ToList();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                Mutate(list, random);
            try
            {
                var entries = Entries([.. list]);

                Assert.NotEmpty(entries);
                Assert.Equal(entries.Count, entries.Select(entry => entry.Id).Distinct().Count());
                Assert.All(entries, entry => Assert.DoesNotContain('\uFFFD', entry.Id + entry.Category));
                Assert.All(entries, entry => Assert.DoesNotContain('\0', entry.Id + entry.Category + entry.Item.Path));
                Assert.All(entries, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Id)));
            }
            catch (CatalogException e)
            {
                Assert.Contains("list.csv", e.Message, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Seed {seed}, run {run}, list {Convert.ToBase64String([.. list])}: {e}");
            }
        }
    }

    private static void Mutate(List<byte> list, Random random)
    {
        var at = random.Next(list.Count);
        switch (random.Next(6))
        {
            case 0:
                list[at] = (byte)random.Next(256);
                break;
            case 1:
                list.Insert(at, (byte)random.Next(256));
                break;
            case 2:
                list.RemoveRange(at, Math.Min(list.Count - at - 1, random.Next(1, 8)));
                break;
            case 3:
                list.Insert(at, "\",;\t|\n\r\0#= "u8[random.Next(11)]);
                break;
            case 4:
                list.InsertRange(at, list.GetRange(at, Math.Min(list.Count - at, random.Next(1, 64))));
                break;
            default:
                list[at] ^= (byte)(1 << random.Next(8));
                break;
        }
    }
}
