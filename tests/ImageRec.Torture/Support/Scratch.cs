namespace ImageRec.Torture;

/// <summary>A folder that vanishes afterwards; in memory where the system has such a place, unless asked for elsewhere.</summary>
internal sealed class Scratch : IDisposable
{
    private const string InMemory = "/dev/shm";

    public Scratch(bool inMemory = false)
    {
        var parent = inMemory && Directory.Exists(InMemory) ? InMemory : Path.GetTempPath();
        Folder = Directory.CreateDirectory(Path.Combine(parent, $"torture-{Guid.NewGuid():N}")).FullName;
    }

    public string Folder { get; }

    public string File(string name) => Path.Combine(Folder, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // Something still lies or is mounted in it; the system tidies its temporary folder.
        }
    }
}
