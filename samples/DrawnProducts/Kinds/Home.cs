using SkiaSharp;

namespace DrawnProducts.Kinds;

internal static class Home
{
    public static void Mug(Easel easel)
    {
        var tall = easel.Sometimes() ? 0 : 28;
        easel.Strap($"M270,{152 + tall} C346,{136 + tall} 350,268 262,264", easel.Palette.Main, 23);
        var body = $"M100,{112 + tall} L108,290 C110,312 132,322 190,322 C248,322 270,312 272,290 L280,{112 + tall} C240,{134 + tall} "
            + $"140,{134 + tall} 100,{112 + tall} Z";
        easel.Cloth(body);
        easel.Inside(body, () =>
        {
            easel.Shine($"M122,{140 + tall} C124,200 128,250 134,296 L150,302 C144,250 140,200 140,{144 + tall} Z", 120, 6);
            easel.Shade($"M256,{130 + tall} L290,{130 + tall} L284,330 L236,330 C252,270 256,200 256,{130 + tall} Z", 60, 12);
        });
        easel.Solid(
            $"M98,{112 + tall} C98,{92 + tall} 282,{92 + tall} 282,{112 + tall} C282,{134 + tall} 98,{134 + tall} 98,{112 + tall} Z",
            easel.Palette.Second);
        easel.Flat(
            $"M108,{112 + tall} C108,{98 + tall} 272,{98 + tall} 272,{112 + tall} C272,{128 + tall} 108,{128 + tall} 108,{112 + tall} Z",
            new SKColor(0xFF8F8A82));
        easel.Flat(
            $"M114,{117 + tall} C126,{106 + tall} 254,{106 + tall} 266,{117 + tall} C254,{128 + tall} 126,{128 + tall} 114,{117 + tall} Z",
            new SKColor(0xFF4B2E1E));
        easel.Shine(
            $"M140,{118 + tall} C160,{112 + tall} 190,{112 + tall} 206,{114 + tall} C190,{120 + tall} 160,{121 + tall} 140,{118 + tall} Z",
            70, 3);
    }

    public static void Armchair(Easel easel)
    {
        foreach (var (x, lean) in ((int, int)[])[(104, -10), (282, 10)])
            easel.Solid($"M{x},300 L{x + 16},300 L{x + 12 + lean},352 L{x + 4 + lean},352 Z", Easel.Wood);
        var back = easel.Sometimes()
            ? "M106,210 C96,130 110,66 148,58 C182,52 218,52 252,58 C290,66 304,130 294,210 Z"
            : "M104,210 L104,92 C104,70 118,62 136,62 L264,62 C282,62 296,70 296,92 L296,210 Z";
        easel.Cloth(back);
        easel.Inside(back, () =>
        {
            easel.Fold("M160,76 C152,120 152,160 158,200", 11, 44);
            easel.Fold("M242,76 C250,120 250,160 244,200", 11, 44);
            easel.Shade("M100,184 L300,184 L300,214 L100,214 Z", 90, 9);
        });
        if (easel.Sometimes(0.5))
        {
            foreach (var (x, y) in ((int, int)[])[(166, 104), (200, 104), (234, 104), (183, 142), (217, 142)])
            {
                easel.Shade($"M{x - 9},{y} L{x},{y - 9} L{x + 9},{y} L{x},{y + 9} Z", 80, 5);
                easel.Button(x, y, 4, Easel.Darker(easel.Palette.Main, 0.75f));
            }
        }
        easel.Cloth("M100,258 L300,258 L300,306 C300,312 296,316 290,316 L110,316 C104,316 100,312 100,306 Z", 0, -0.14f);
        const string seat = "M116,212 C118,196 134,192 156,192 L244,192 C266,192 282,196 284,212 L288,252 C288,264 280,268 268,268 "
            + "L132,268 C120,268 112,264 112,252 Z";
        easel.Shade(seat, 60, 7);
        easel.Cloth(seat, 0, 0.06f);
        easel.Stitches("M114,246 C160,254 240,254 286,246");
        foreach (var right in (bool[])[false, true])
        {
            var arm = right
                ? "M330,184 C330,162 312,152 296,158 C282,164 278,178 282,196 L284,316 L316,316 C322,316 324,312 324,306 L330,210 Z"
                : "M70,184 C70,162 88,152 104,158 C118,164 122,178 118,196 L116,316 L84,316 C78,316 76,312 76,306 L70,210 Z";
            easel.Cloth(arm, 0, right ? -0.08f : -0.02f);
            easel.Stitches(right ? "M288,196 C286,176 296,166 308,168 C320,170 322,184 320,200"
                : "M112,196 C114,176 104,166 92,168 C80,170 78,184 80,200");
        }
        foreach (var (x, lean) in ((int, int)[])[(84, -6), (300, 6)])
            easel.Solid($"M{x},316 L{x + 16},316 L{x + 12 + lean},350 L{x + 4 + lean},350 Z", Easel.Wood);
    }

    public static void Lamp(Easel easel)
    {
        var stem = easel.Sometimes();
        if (stem)
        {
            easel.Solid("M194,200 L206,200 L206,332 L194,332 Z", Easel.Brass);
            easel.Solid("M140,340 C140,326 260,326 260,340 L260,346 C260,358 140,358 140,346 Z", Easel.Brass);
        }
        else
        {
            var glaze = Easel.Darker(easel.Palette.Main, 0.82f);
            easel.Solid("M192,196 L208,196 L210,232 L190,232 Z", Easel.Brass);
            easel.Solid("M188,228 L212,228 C218,250 252,262 252,298 C252,326 232,344 216,350 L184,350 C168,344 148,326 148,298 C148,262 "
                + "182,250 188,228 Z", glaze);
            easel.Shine("M168,282 C170,266 180,258 188,252 C184,276 180,304 184,330 C172,320 166,300 168,282 Z", 110, 6);
            easel.Solid("M168,346 L232,346 L236,358 L164,358 Z", Easel.Wood);
        }
        var drum = easel.Sometimes();
        var shade = drum
            ? "M118,70 C118,58 282,58 282,70 L292,206 C292,222 108,222 108,206 Z"
            : "M152,60 C152,50 248,50 248,60 L310,206 C310,224 90,224 90,206 Z";
        easel.Flat(drum ? "M110,206 C110,196 290,196 290,206 C290,218 110,218 110,206 Z"
            : "M92,206 C92,194 308,194 308,206 C308,218 92,218 92,206 Z", new SKColor(0xFFFFE2A6));
        easel.Cloth(shade);
        easel.Inside(shade, () =>
        {
            easel.Shine("M150,110 C180,96 220,96 250,110 L262,214 L138,214 Z", 70, 22);
            easel.Flat("M90,200 C130,220 270,220 310,200 L310,226 L90,226 Z", new SKColor(255, 226, 160, 70));
        });
        easel.Line(drum ? "M118,74 C140,84 260,84 282,74" : "M151,64 C170,74 230,74 249,64", easel.Palette.Trim.WithAlpha(130), 2.4f);
        easel.Line(drum ? "M109,200 C140,214 260,214 291,200"
            : "M93,199 C130,216 270,216 307,199", easel.Palette.Trim.WithAlpha(130), 2.4f);
    }
}
