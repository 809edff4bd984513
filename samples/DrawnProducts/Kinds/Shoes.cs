using SkiaSharp;

namespace DrawnProducts.Kinds;

internal static class Shoes
{
    public static void Sneaker(Easel easel)
    {
        var high = easel.Sometimes(0.35);
        var accent = easel.Palette.Second;
        easel.Cloth(
            high ? "M206,122 C198,92 206,66 224,62 C238,60 246,72 246,92 L238,150 L200,160 Z"
            : "M190,166 C190,140 202,116 218,112 C232,110 240,120 240,134 L234,156 Z",
            0, -0.12f);
        easel.Flat(
            high ? "M222,78 C250,84 296,82 334,70 L330,110 L230,120 Z" : "M224,146 C246,160 300,156 330,134 L318,172 L234,170 Z",
            Easel.Darker(easel.Palette.Main, 0.38f));
        var upper = high
            ? "M50,262 C48,236 72,222 106,214 C146,204 178,178 200,146 C208,126 212,104 216,82 C222,74 230,78 234,86 C262,98 304,94 328,70 "
            + "C338,64 346,70 346,82 C346,140 350,206 354,262 C354,272 348,276 338,276 L66,276 C56,276 50,272 50,262 Z"
            : "M50,262 C48,236 72,222 106,214 C146,204 174,184 198,154 C206,144 218,140 228,146 C248,160 286,156 314,138 C328,128 340,132 "
            + "342,148 C342,184 352,222 354,262 C354,272 348,276 338,276 L66,276 C56,276 50,272 50,262 Z";
        easel.Cloth(upper, -6);
        easel.Inside(upper, () =>
        {
            easel.Fold("M150,214 C162,226 166,244 162,268", 7, 34);
            easel.Shade("M40,262 L360,262 L360,290 L40,290 Z", 70, 7);
        });
        const string toe = "M50,262 C48,236 72,222 106,214 C130,226 140,250 138,276 L66,276 C56,276 50,272 50,262 Z";
        if (easel.Sometimes(0.6))
        {
            easel.Solid(toe, Easel.Rubber);
        }
        else
        {
            easel.Cloth(toe, -6, -0.08f);
            easel.Stitches("M100,217 C124,229 133,252 131,274");
        }
        easel.Shine("M70,238 C82,228 92,224 104,222 C98,232 84,242 70,246 Z", 120, 4);
        easel.Solid(
            high ? "M346,150 C348,190 352,226 354,262 C354,272 348,276 338,276 L300,276 C302,236 316,186 346,150 Z"
                 : "M344,176 C346,206 352,232 354,262 C354,272 348,276 338,276 L300,276 C302,240 314,202 344,176 Z",
            Easel.Darker(easel.Palette.Main, 0.72f));
        if (easel.Sometimes(0.5))
        {
            easel.Line("M176,250 C206,222 228,262 256,234 C268,222 280,212 294,206", accent, 8);
        }
        else
        {
            easel.Flat("M196,276 L236,196 L262,186 L246,276 Z", accent);
            easel.Stitches("M201,274 L239,200 L258,192 L242,274");
        }
        easel.Cloth(
            high ? "M128,212 C164,198 196,168 214,120 L230,130 C220,178 190,218 150,236 Z"
            : "M128,212 C160,200 186,180 206,152 L226,164 C208,198 182,222 150,236 Z",
            0, -0.16f);
        var rows = high ? 7 : 5;
        for (var i = 0; i < rows; i++)
        {
            var t = i / (rows - 1f);
            var (x, y) = high ? (148 + 66 * t, 214 - 82 * t * (0.6f + 0.4f * t)) : (148 + 56 * t, 212 - 44 * t * (0.75f + 0.25f * t));
            easel.Strap(FormattableString.Invariant($"M{x - 3:F1},{y - 5:F1} L{x + 17:F1},{y + 11:F1}"), Easel.Rubber, 6.5f);
        }
        const string sole =
            "M44,258 C40,284 46,304 68,306 L338,306 C356,306 362,292 358,256 C330,270 300,274 258,274 L122,274 C90,274 64,270 44,258 Z";
        easel.Solid(sole, Easel.Rubber);
        easel.Inside(sole, () =>
        {
            easel.Line("M36,292 L366,292", easel.Palette.Main, 4);
            easel.Shade("M40,298 L366,298 L366,312 L40,312 Z", 80, 3);
        });
    }

    public static void Boot(Easel easel)
    {
        var laced = easel.Sometimes();
        var leather = Easel.Darker(easel.Palette.Main, 0.6f);
        easel.Flat("M186,62 C220,72 290,70 322,56 L316,90 L190,92 Z", Easel.Darker(easel.Palette.Main, 0.3f));
        const string upper =
            "M184,62 C222,76 288,74 322,56 C326,116 322,176 328,226 C332,252 334,276 332,300 L62,300 C54,262 74,236 118,226 C160,216 "
                + "188,206 194,172 C198,138 190,100 184,62 Z";
        easel.Cloth(upper);
        easel.Inside(upper, () =>
        {
            easel.Fold("M196,176 C214,196 236,204 262,204", 10, 50);
            easel.Fold("M198,200 C216,222 240,228 268,226", 10, 40);
            easel.Shade("M50,290 L350,290 L350,310 L50,310 Z", 90, 7);
            easel.Shine("M84,258 C100,244 122,238 146,234 C136,248 112,258 88,270 Z", 110, 6);
            easel.Shine("M206,92 C210,120 212,146 208,168 L218,166 C222,140 220,112 216,92 Z", 70, 5);
        });
        easel.Stitches("M158,220 C176,240 180,270 176,298");
        if (laced)
        {
            easel.Cloth("M184,62 C190,66 198,68 206,70 C214,110 216,150 208,182 C198,212 168,226 142,236 L118,226 C160,216 188,206 194,172 "
                + "C198,138 190,100 184,62 Z", 0, -0.2f);
            for (var i = 0; i < 7; i++)
            {
                var y = 84 + i * 21;
                var x = i < 4 ? 190 + i : 190 - (i - 4) * 13;
                easel.Strap($"M{x - 4},{y + i} L{x + 20},{y + 7 + i}", Easel.Rubber, 5.5f);
            }
        }
        else
        {
            const string elastic =
                "M232,74 C244,75 258,74 270,72 C276,116 276,150 262,196 C248,206 240,196 236,182 C230,146 230,110 232,74 Z";
            easel.Solid(elastic, Easel.Darker(easel.Palette.Trim, 0.9f));
            easel.Inside(elastic, () =>
            {
                for (var x = 226; x < 286; x += 6)
                    easel.Line($"M{x},70 L{x},210", SKColors.White.WithAlpha(38), 1.4f);
            });
        }
        easel.Strap("M300,66 C300,40 326,36 326,60 L324,84", leather, 7);
        easel.Cloth("M326,216 C332,246 334,276 332,300 L270,300 C272,266 288,232 326,216 Z", 0, -0.12f);
        easel.Stitches("M318,226 C292,240 280,268 279,296");
        easel.Solid("M266,306 L336,306 L338,336 C338,340 334,342 330,342 L276,342 C270,342 268,338 268,334 Z", new SKColor(0xFF3A2B22));
        easel.Solid("M56,296 C52,312 56,326 72,328 L170,328 C196,328 226,316 268,314 L338,314 L337,296 Z", new SKColor(0xFF4A372B));
        easel.Line("M60,306 L334,306", SKColors.White.WithAlpha(45), 1.6f);
    }
}
