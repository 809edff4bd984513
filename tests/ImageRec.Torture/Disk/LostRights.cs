namespace ImageRec.Torture.Disk;

/// <summary>
/// The rights on folder and file are taken away while an engine of another user has them open. Rights do not bind root, so a child runs as
/// nobody.
/// </summary>
internal static class LostRights
{
    private const string Nobody = "65534";
    private const UnixFileMode Reading = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Entering = Reading | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Everything = (UnixFileMode)0b111_111_111;

    public static async Task<bool> RunAsync(DiskCase found)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        using var scratch = new Scratch();
        File.SetUnixFileMode(scratch.Folder, Everything);
        var file = scratch.File("catalog.imagerec");
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var steps = new SemaphoreSlim(0);
        string[] before = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"] : [];
        using var child = StartOrNull(before, line =>
        {
            lines.Enqueue(line);
            if (line == RightsChild.Waits)
                steps.Release();
        }, file, $"{found.CodesOnly}");
        if (child is null)
            return false;
        if (await steps.WaitAsync(TimeSpan.FromSeconds(30)))
        {
            File.SetUnixFileMode(file, Reading);
            File.SetUnixFileMode(scratch.Folder, Entering);
            child.Tell("taken");
            if (await steps.WaitAsync(TimeSpan.FromSeconds(30)))
            {
                File.SetUnixFileMode(scratch.Folder, Everything);
                foreach (var each in Directory.GetFiles(scratch.Folder))
                    File.SetUnixFileMode(each, Reading | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
                child.Tell("given");
            }
        }
        child.AskToEnd();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var errors = await child.EndAsync(patience.Token);
        foreach (var line in lines.Where(l => l != RightsChild.Waits))
            found.Find(line);
        if (child.ExitCode != 0)
            found.Find($"the child ended with {child.ExitCode}: {errors}");
        return true;
    }

    private static Child? StartOrNull(string[] before, Action<string> read, params string[] arguments)
    {
        try
        {
            return Child.StartAs(before, RightsChild.Role, read, arguments);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
