namespace ImageRec.Torture;

/// <summary>What a child process does, by name.</summary>
internal static class Roles
{
    private static readonly Dictionary<string, Func<string[], Task<int>>> s_all = new()
    {
        [Kill.ChangingChild.Role] = Kill.ChangingChild.RunAsync,
        [Kill.OpeningChild.Role] = Kill.OpeningChild.RunAsync,
        [Fuzz.FuzzChild.Role] = Fuzz.FuzzChild.RunAsync,
        [Disk.RightsChild.Role] = Disk.RightsChild.RunAsync,
        [Processes.WritingChild.Role] = Processes.WritingChild.RunAsync,
        [Processes.ReadingChild.Role] = Processes.ReadingChild.RunAsync,
        [Cluster.IndexingChild.Role] = Cluster.IndexingChild.RunAsync,
        [Cluster.FrontEndChild.Role] = Cluster.FrontEndChild.RunAsync,
    };

    public static Task<int> RunAsync(string role, string[] arguments) => s_all[role](arguments);
}
