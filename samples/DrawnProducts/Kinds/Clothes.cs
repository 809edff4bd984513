namespace DrawnProducts.Kinds;

internal static class Clothes
{
    public static void Dress(Easel easel)
    {
        var sleeves = easel.Sometimes(0.5);
        var hem = easel.Sometimes(0.5) ? 0 : 26;
        easel.Flat("M166,62 C180,72 220,72 234,62 C228,104 172,104 166,62 Z", Easel.Darker(easel.Palette.Main, 0.5f));
        if (sleeves)
        {
            easel.Cloth("M142,60 C122,66 108,90 96,128 C108,136 122,142 136,144 C140,128 144,116 150,106 Z", 28, -0.04f);
            easel.Cloth("M258,60 C278,66 292,90 304,128 C292,136 278,142 264,144 C260,128 256,116 250,106 Z", -28, -0.08f);
        }
        var bodice = sleeves
            ? "M166,58 L142,62 C140,100 144,130 148,152 C152,168 154,176 154,186 L246,186 C246,176 248,168 252,152 C256,130 260,100 258,62 "
            + "L234,58 C228,98 172,98 166,58 Z"
            : "M164,46 L150,46 C152,84 144,112 140,134 C148,152 154,168 154,186 L246,186 C246,168 252,152 260,134 C256,112 248,84 250,46 "
            + "L236,46 C236,80 226,106 200,106 C174,106 164,80 164,46 Z";
        var skirt =
            $"M154,184 C140,230 112,290 {86 + hem / 3},{352 - hem} C110,{362 - hem} 130,{354 - hem} 152,{361 - hem} C172,{367 - hem} "
                + $"184,{357 - hem} 202,{364 - hem} C222,{369 - hem} 232,{357 - hem} 254,{361 - hem} C276,{363 - hem} 292,{358 - hem} "
                + $"{314 - hem / 3},{352 - hem} C288,290 260,230 246,184 Z";
        easel.Cloth(skirt);
        easel.Inside(skirt, () =>
        {
            easel.Fold($"M166,190 C156,250 140,310 130,{356 - hem}", 12);
            easel.Fold($"M184,190 C182,250 176,310 170,{362 - hem}", 12);
            easel.Fold($"M212,190 C216,250 222,310 230,{362 - hem}", 12);
            easel.Fold($"M232,190 C244,250 258,310 274,{358 - hem}", 12);
            easel.Shade("M150,180 L250,180 L256,204 L144,204 Z", 60, 8);
        });
        easel.Cloth(bodice, 0, 0.03f);
        easel.Inside(bodice, () =>
        {
            easel.Fold("M164,112 C172,140 170,164 174,186", 8);
            easel.Fold("M238,114 C230,140 230,164 226,186", 8);
        });
        if (sleeves)
            easel.Strap("M165,59 C172,104 228,104 235,59", Easel.Darker(easel.Palette.Main, 0.82f), 5);
        if (easel.Sometimes(0.75))
        {
            easel.Solid("M152,176 C184,184 216,184 248,176 L249,194 C216,202 184,202 151,194 Z", easel.Palette.Trim);
            if (easel.Sometimes())
                easel.Strap("M192,182 L208,182 L208,197 L192,197 Z", Easel.Brass, 3.4f);
        }
        else
        {
            easel.Stitches("M154,186 C184,192 216,192 246,186");
        }
    }

    public static void Trousers(Easel easel)
    {
        var wide = easel.Sometimes(0.4) ? 16 : 0;
        var left = $"M136,62 C132,110 124,190 {112 - wide},352 C130,358 150,358 {172 + wide / 3},354 C178,280 190,200 202,136 L200,62 Z";
        var right = $"M264,62 C268,110 276,190 {288 + wide},352 C270,358 250,358 {228 - wide / 3},354 C222,280 210,200 198,136 L200,62 Z";
        easel.Cloth(left, 3);
        easel.Cloth(right, -3, -0.05f);
        easel.Inside(left, () =>
        {
            easel.Fold("M160,140 C152,210 146,280 142,356", 10);
            easel.Fold("M196,132 C184,142 168,146 156,144", 8, 40);
            easel.Fold("M134,330 C146,336 156,336 168,332", 7, 30);
        });
        easel.Inside(right, () =>
        {
            easel.Fold("M244,140 C250,210 254,280 258,356", 10);
            easel.Fold("M204,132 C216,144 232,148 246,146", 8, 40);
            easel.Fold("M234,330 C246,336 256,336 268,330", 7, 30);
        });
        easel.Line("M201,80 L201,138", easel.Palette.Trim.WithAlpha(170), 2);
        easel.Stitches("M208,80 C208,104 210,118 202,130");
        easel.Stitches($"M{116 - wide},342 C132,348 150,348 {172 + wide / 3},344");
        easel.Stitches($"M{284 + wide},342 C268,348 250,348 {228 - wide / 3},344");
        easel.Line("M168,80 C166,98 152,108 132,112", easel.Palette.Trim.WithAlpha(170), 2);
        easel.Line("M232,80 C234,98 248,108 268,112", easel.Palette.Trim.WithAlpha(170), 2);
        easel.Stitches("M164,80 C162,94 150,103 133,106");
        easel.Stitches("M236,80 C238,94 250,103 267,106");
        easel.Cloth("M135,54 C176,62 224,62 265,54 L266,76 C224,84 176,84 134,76 Z", 0, -0.1f);
        foreach (var x in (int[])[152, 176, 224, 248])
            easel.Solid($"M{x - 4},54 L{x + 4},54 L{x + 4},84 L{x - 4},84 Z", Easel.Darker(easel.Palette.Main, 0.8f));
        easel.Button(200, 70, 5, Easel.Brass);
    }
}
