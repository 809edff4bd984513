namespace ImageRec.Torture.Fuzz;

        /// <summary>The targets there are.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<IFuzzTarget>> s_all = new()
    {
        ["fuzz-pictures"] = () => new Pictures.PictureTarget(),
        ["fuzz-files"] = () => new Files.FileTarget(),
        ["fuzz-networks"] = () => new Networks.NetworkTarget(),
        ["fuzz-lists"] = () => new Lists.ListTarget(),
        ["fuzz-uploads"] = () => new Uploads.UploadTarget(),
    };

    public static IEnumerable<string> Names => s_all.Keys;

    public static IFuzzTarget Create(string name) => s_all[name]();

    /// <summary>The random numbers of one input.</summary>
    public static Random Numbers(int seed, long index) => new(unchecked((int)(seed * 0x9E3779B1 ^ index * 0x85EBCA77 ^ index >> 32)));
}
