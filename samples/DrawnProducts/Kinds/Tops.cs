using SkiaSharp;

namespace DrawnProducts.Kinds;

internal static class Tops
{
    private const string Body =
        "M158,66 C146,72 130,78 116,84 C112,108 112,136 116,164 C119,222 114,286 108,338 C160,352 240,352 292,338 C286,286 281,222 284,164 "
            + "C288,136 288,108 284,84 C270,78 254,72 242,66 C232,98 168,98 158,66 Z";

    public static void TShirt(Easel easel)
    {
        easel.Flat("M158,66 C176,80 224,80 242,66 C236,104 164,104 158,66 Z", Easel.Darker(easel.Palette.Main, 0.5f));
        easel.Cloth("M118,83 C96,92 80,112 44,170 C56,182 70,190 86,198 C94,184 104,174 118,166 Z", 32, -0.04f);
        easel.Cloth("M282,83 C304,92 320,112 356,170 C344,182 330,190 314,198 C306,184 296,174 282,166 Z", -32, -0.08f);
        easel.Stitches("M50,163 C62,175 76,183 91,190");
        easel.Stitches("M350,163 C338,175 324,183 309,190");
        easel.Cloth(Body);
        easel.Stitches("M110,329 C160,343 240,343 290,329");
        easel.Line("M116,86 C112,110 112,138 117,164", easel.Palette.Trim.WithAlpha(110), 1.6f);
        easel.Line("M284,86 C288,110 288,138 283,164", easel.Palette.Trim.WithAlpha(110), 1.6f);
        easel.Inside(Body, () =>
        {
            easel.Fold("M128,180 C140,220 132,270 138,340", 11);
            easel.Fold("M268,186 C256,224 266,280 258,344", 11);
            easel.Fold("M214,240 C206,280 212,310 206,348", 10, 30);
            easel.Fold("M124,150 C140,160 152,162 166,160", 9, 32);
            easel.Fold("M276,150 C262,162 250,166 238,164", 9, 32);
        });
        if (easel.Sometimes(0.7))
            easel.Strap("M157,67 C166,106 234,106 243,67", Easel.Darker(easel.Palette.Main, 0.86f), 10);
        else
            easel.Strap("M157,67 C168,92 186,110 200,122 C214,110 232,92 243,67", Easel.Darker(easel.Palette.Main, 0.86f), 9);
        if (easel.Sometimes(0.35))
        {
            easel.Cloth("M222,150 L262,150 L262,186 L242,196 L222,186 Z", 0, 0.05f);
            easel.Stitches("M225,156 L259,156");
        }
    }

    public static void Shirt(Easel easel)
    {
        var pale = easel.Palette.Second;
        easel.Flat("M160,62 C176,70 224,70 240,62 L232,100 L168,100 Z", Easel.Darker(easel.Palette.Main, 0.45f));
        easel.Cloth("M120,84 C94,92 84,116 74,168 C66,218 58,262 52,312 L92,322 C98,270 108,226 120,190 Z", 12, -0.05f);
        easel.Cloth("M280,84 C306,92 316,116 326,168 C334,218 342,262 348,312 L308,322 C302,270 292,226 280,190 Z", -12, -0.09f);
        easel.Cloth("M52,308 L93,319 L90,342 L48,331 Z", 12, 0.06f);
        easel.Cloth("M348,308 L307,319 L310,342 L352,331 Z", -12, 0.02f);
        easel.Button(84, 329, 2.6f, pale);
        easel.Button(316, 329, 2.6f, pale);
        const string body =
            "M162,66 C148,74 132,78 118,84 C112,120 116,160 118,196 C120,246 116,296 112,338 C136,354 172,360 200,350 C228,360 264,354 "
                + "288,338 C284,296 280,246 282,196 C284,160 288,120 282,84 C268,78 252,74 238,66 L200,112 Z";
        easel.Cloth(body);
        easel.Inside(body, () =>
        {
            easel.Fold("M136,170 C146,220 134,280 144,344", 11);
            easel.Fold("M264,176 C254,226 268,280 256,346", 11);
            easel.Fold("M230,226 C224,270 232,310 226,350", 9, 30);
        });
        easel.Line("M119,86 C113,122 117,160 119,194", easel.Palette.Trim.WithAlpha(110), 1.6f);
        easel.Line("M281,86 C287,122 283,160 281,194", easel.Palette.Trim.WithAlpha(110), 1.6f);
        easel.Cloth("M190,104 L212,104 L212,353 C206,352 204,350 200,349 C196,350 194,352 190,353 Z", 0, 0.07f);
        easel.Stitches("M193,112 L193,348");
        easel.Stitches("M209,112 L209,348");
        for (var y = 132; y < 340; y += 38)
            easel.Button(201, y, 3.6f, pale);
        easel.Cloth("M160,60 C150,66 144,76 142,88 L176,126 L201,104 C184,94 168,80 160,60 Z", -38, 0.1f);
        easel.Cloth("M240,60 C250,66 256,76 258,88 L226,126 L201,104 C218,94 232,80 240,60 Z", 38, 0.06f);
        easel.Stitches("M147,88 L176,119 L196,103");
        easel.Stitches("M253,88 L226,119 L206,103");
        if (easel.Sometimes(0.6))
        {
            easel.Cloth("M228,160 L266,160 L266,196 L247,206 L228,196 Z", 0, 0.04f);
            easel.Stitches("M231,167 L263,167");
        }
    }
}
