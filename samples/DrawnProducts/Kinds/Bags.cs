using SkiaSharp;

namespace DrawnProducts.Kinds;

internal static class Bags
{
    public static void Handbag(Easel easel)
    {
        if (easel.Sometimes(0.45))
            Tote(easel);
        else
            Flap(easel);
    }

    public static void Backpack(Easel easel)
    {
        var trim = Easel.Darker(easel.Palette.Main, 0.62f);
        easel.Strap("M122,150 C84,190 84,270 112,322", trim, 17);
        easel.Strap("M278,150 C316,190 316,270 288,322", trim, 17);
        easel.Strap("M172,74 C172,40 228,40 228,74", trim, 11);
        const string body =
            "M110,330 C98,250 102,170 122,116 C136,80 164,64 200,64 C236,64 264,80 278,116 C298,170 302,250 290,330 C288,344 280,350 "
                + "266,350 L134,350 C120,350 112,344 110,330 Z";
        easel.Cloth(body);
        easel.Inside(body, () =>
        {
            easel.Fold("M136,120 C126,170 122,200 124,236", 10, 40);
            easel.Fold("M262,120 C272,170 276,200 274,236", 10, 40);
            easel.Shade("M124,224 L276,224 L284,244 L116,244 Z", 60, 8);
        });
        easel.Line("M124,150 C140,98 164,86 200,86 C236,86 260,98 276,150", trim, 4.5f);
        easel.Line("M124,150 C140,98 164,86 200,86 C236,86 260,98 276,150", Easel.Steel, 1.4f);
        easel.Strap("M262,118 L268,138", Easel.Steel, 5);
        easel.Solid("M176,118 L224,118 L224,150 L200,160 L176,150 Z", trim);
        easel.Button(200, 134, 5.5f, Easel.Brass);
        const string pocket =
            "M128,246 C126,232 132,224 146,222 C180,216 220,216 254,222 C268,224 274,232 272,246 L268,322 C267,332 262,336 252,336 "
                + "L148,336 C138,336 133,332 132,322 Z";
        easel.Cloth(pocket, 0, -0.07f);
        easel.Line("M136,246 C170,240 230,240 264,246", trim, 4.5f);
        easel.Line("M136,246 C170,240 230,240 264,246", Easel.Steel, 1.4f);
        easel.Strap("M246,246 L250,264", Easel.Steel, 5);
        easel.Stitches("M140,256 L142,320 C142,326 146,328 152,328 L248,328 C254,328 258,326 258,320 L260,256");
        if (easel.Sometimes())
        {
            easel.Strap("M156,160 L156,224", trim, 9);
            easel.Strap("M244,160 L244,224", trim, 9);
        }
    }

    private static void Flap(Easel easel)
    {
        var trim = Easel.Darker(easel.Palette.Main, 0.62f);
        easel.Strap("M126,176 C122,60 278,60 274,176", trim, 13);
        const string body = "M92,176 C140,164 260,164 308,176 L324,306 C326,324 316,332 300,332 L100,332 C84,332 74,324 76,306 Z";
        easel.Cloth(body);
        easel.Inside(body, () =>
        {
            easel.Shade("M84,190 L316,190 C310,250 260,276 200,278 C140,276 90,250 84,190 Z", 100, 9);
            easel.Shine("M92,300 C96,312 110,320 150,322 L110,326 C96,326 90,316 92,300 Z", 70, 5);
        });
        const string flap = "M90,172 C140,160 260,160 310,172 C318,214 300,262 200,268 C100,262 82,214 90,172 Z";
        easel.Cloth(flap, 0, 0.04f);
        easel.Stitches("M98,178 C92,214 112,252 200,258 C288,252 308,214 302,178");
        easel.Shine("M108,180 C140,172 200,170 236,172 C200,180 140,190 112,206 Z", 60, 9);
        easel.Solid("M184,246 L216,246 L216,282 C216,290 210,294 200,294 C190,294 184,290 184,282 Z", Easel.Brass);
        easel.Button(200, 270, 5, Easel.Darker(Easel.Brass, 0.7f));
        easel.Button(127, 176, 8, Easel.Brass);
        easel.Button(273, 176, 8, Easel.Brass);
    }

    private static void Tote(Easel easel)
    {
        var trim = Easel.Darker(easel.Palette.Main, 0.55f);
        easel.Strap("M146,150 C146,40 254,40 254,150", Easel.Darker(trim, 0.8f), 11);
        const string body = "M84,140 C160,148 240,148 316,140 L300,318 C299,328 294,334 284,334 L116,334 C106,334 101,328 100,318 Z";
        easel.Flat("M84,140 C150,128 250,128 316,140 C240,152 160,152 84,140 Z", Easel.Darker(easel.Palette.Main, 0.35f));
        easel.Cloth(body);
        easel.Inside(body, () =>
        {
            easel.Fold("M124,152 C132,210 120,270 130,330", 13, 40);
            easel.Fold("M272,152 C262,210 276,270 266,330", 13, 40);
        });
        easel.Stitches("M86,156 C160,164 240,164 314,156");
        easel.Solid("M100,300 L300,300 L299,318 C298,329 293,334 284,334 L116,334 C107,334 102,329 101,318 Z", trim);
        easel.Strap("M140,158 C136,48 264,48 260,158", trim, 12);
        easel.Solid("M130,146 L150,147 L150,190 L140,198 L130,190 Z", trim);
        easel.Solid("M250,147 L270,146 L270,190 L260,198 L250,190 Z", trim);
        easel.Button(140, 178, 4, Easel.Brass);
        easel.Button(260, 178, 4, Easel.Brass);
    }
}
