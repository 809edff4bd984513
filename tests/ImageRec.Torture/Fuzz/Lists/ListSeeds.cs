using System.Text;

namespace ImageRec.Torture.Fuzz.Lists;

/// <summary>Lists of pictures as programs and people write them.</summary>
internal static class ListSeeds
{
    /// <summary>Pieces that mean something to a reader of lists.</summary>
    public static IReadOnlyList<byte[]> Pieces { get; } =
    [
        "\""u8.ToArray(), "\"\""u8.ToArray(), ","u8.ToArray(), ";"u8.ToArray(), "\t"u8.ToArray(), "|"u8.ToArray(), "\r\n"u8.ToArray(),
        "\n"u8.ToArray(), "\r"u8.ToArray(),
        [0], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xC3], [0xE4], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x1A],
        [0xC2, 0xA0], [0xE2, 0x80, 0x8B], [0x85],
        "sep=;\r\n"u8.ToArray(), "id"u8.ToArray(), "path"u8.ToArray(), "category"u8.ToArray(), "../"u8.ToArray(), "..\\"u8.ToArray(),
        "C:\\x.jpg"u8.ToArray(), "/dev/zero"u8.ToArray(),
        "http://localhost/x.jpg"u8.ToArray(), "file:///x"u8.ToArray(), "#"u8.ToArray(), "'"u8.ToArray(), "=1+1"u8.ToArray(),
        "e\u0301"u8.ToArray(), [.. Enumerable.Repeat((byte)'x', 5000)],
        [.. Enumerable.Repeat((byte)',', 300)], [.. Enumerable.Repeat((byte)'"', 301)],
    ];

    public static IReadOnlyList<byte[]> Make()
    {
        const string plain = "id,path,category,color\r\n1,a.jpg,hat,red\r\n2,sub/b.png,shoe,\r\n3,c.webp,,blue\r\n";
        const string quoted =
            "\"Id\";\"Category\";\"Path\";\"Text\"\n\"a\";\"x\";\"a b.jpg\";\"says \"\"so\"\"\"\n\"b\";\"y\";\"b;c.jpg\";\"two\nlines\"\n";
        const string accents = "id,path,category\nä1,größe.jpg,Schürze\né2,e\u0301.jpg,été\n日本,絵.png,帽子\n";
        return
        [
            Encoding.UTF8.GetBytes(plain),
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(quoted)],
            Encoding.UTF8.GetBytes(accents),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(accents)],
            [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(plain)],
            Encoding.Latin1.GetBytes("id;path;category\r\n1;grün.jpg;Schürze\r\n2;blau.jpg;été\r\n"),
            Encoding.UTF8.GetBytes("path\tid\nC:\\photos\\a.jpg\t1\n.\\sub\\b.jpg\t2\n\n\n"),
            Encoding.UTF8.GetBytes("path|id|category|\na.jpg|1|x|\nb.jpg|2|y|\n|||\n"),
            Encoding.UTF8.GetBytes("sep=;\r\nid;path\r\n1;a.jpg\r\n2;b.jpg\r\n"),
            Encoding.UTF8.GetBytes("id,path\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},folder/{i}.jpg\n"))),
        ];
    }
}
