namespace DrawnProducts.Kinds;

internal static class Hats
{
    public static void Hat(Easel easel)
    {
        if (easel.Sometimes(0.5))
            easel.Moved(24, 14, () => Cap(easel));
        else
            Brimmed(easel);
    }

    private static void Brimmed(Easel easel)
    {
        const string brim =
            "M34,232 C60,206 130,196 200,196 C270,196 340,206 366,232 C374,246 340,276 200,280 C60,276 26,246 34,232 Z";
        easel.Cloth(brim, 0, -0.04f);
        easel.Inside(brim, () =>
        {
            easel.Shade("M96,222 C140,206 260,206 304,222 C300,258 262,266 200,266 C138,266 100,258 96,222 Z", 110, 8);
            easel.Shine("M48,234 C70,216 100,210 120,208 C96,222 76,236 66,248 Z", 70, 6);
        });
        easel.Stitches("M44,240 C74,262 130,270 200,271 C270,270 326,262 356,240");
        const string crown =
            "M106,236 C106,186 112,142 128,118 C142,98 172,104 200,110 C228,104 258,98 272,118 C288,142 294,186 294,236 C270,254 130,254 "
                + "106,236 Z";
        easel.Cloth(crown);
        easel.Inside(crown, () =>
        {
            easel.Fold("M196,108 C190,130 194,152 206,166", 15, 60);
            easel.Fold("M150,116 C140,140 138,170 140,196", 12, 40);
        });
        const string band =
            "M106,208 C150,226 250,226 294,208 C294,218 294,228 294,236 C270,254 130,254 106,236 C106,228 106,218 106,208 Z";
        easel.Solid(band, easel.Palette.Trim);
        easel.Solid("M252,226 C262,216 280,216 288,222 L284,244 C272,248 260,244 252,238 Z", easel.Palette.Trim);
    }

    private static void Cap(Easel easel)
    {
        const string dome =
            "M92,238 C90,168 132,108 208,106 C282,106 322,160 326,240 C270,256 150,258 92,238 Z";
        easel.Cloth(dome);
        easel.Inside(dome, () =>
        {
            easel.Fold("M200,106 C150,140 138,190 138,250", 6, 40);
            easel.Fold("M216,106 C252,140 264,190 262,250", 6, 40);
        });
        easel.Stitches("M206,106 C156,140 144,190 144,248");
        easel.Stitches("M210,106 C246,140 258,190 256,250");
        easel.Button(208, 106, 8, Easel.Darker(easel.Palette.Main, 0.75f));
        if (easel.Sometimes())
            easel.Solid("M168,176 C180,164 208,164 220,176 C222,196 212,208 194,214 C176,208 166,196 168,176 Z", easel.Palette.Second);
        const string visor =
            "M96,230 C60,236 26,252 22,270 C22,280 34,282 52,278 C110,264 190,264 240,258 C222,240 150,228 96,230 Z";
        easel.Solid(visor, Easel.Darker(easel.Palette.Main, 0.8f));
        easel.Stitches("M36,268 C80,250 150,244 210,250");
        easel.Line("M92,238 C150,258 270,256 326,240", easel.Palette.Trim.WithAlpha(130), 3);
    }
}
