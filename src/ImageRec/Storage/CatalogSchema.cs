namespace ImageRec.Storage;

/// <summary>Creates and checks the tables of a catalog file and their versions.</summary>
/// <remarks>
/// Version 1 had items, sample, unreadable and state. Version 2 adds staged items, the log of changes that readers follow, the totals that
/// tell when rows are missing, and who writes. A file of version 1 is read as it is, and becomes version 2 when a writer opens it.
/// </remarks>
internal static class CatalogSchema
{
    public const int Version = 2;
    private const int ApplicationId = 0x49526563; // "IRec"
    private const string ItemColumns = "key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, category TEXT, item TEXT, hash BLOB, cluster "
        + "INTEGER, distance REAL, row BLOB, seal INTEGER";

    private const string Version1 = $"""
        CREATE TABLE items({ItemColumns});
        CREATE TABLE sample(key INTEGER PRIMARY KEY, hash BLOB NOT NULL, features BLOB NOT NULL, seal INTEGER NOT NULL);
        CREATE TABLE unreadable(id TEXT PRIMARY KEY, reason TEXT NOT NULL);
        CREATE TABLE state(name TEXT NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL, seal INTEGER NOT NULL, PRIMARY KEY(name, chunk));
        """;

    private const string Version2 = $"""
        CREATE TABLE staged({ItemColumns});
        CREATE TABLE changes(number INTEGER PRIMARY KEY, key INTEGER NOT NULL, chain INTEGER NOT NULL);
        CREATE TABLE totals(items INTEGER NOT NULL, seals INTEGER NOT NULL, seal INTEGER NOT NULL);
        CREATE TABLE writer(process INTEGER NOT NULL, machine TEXT NOT NULL, name TEXT NOT NULL, since TEXT NOT NULL);
        """;

    /// <summary>Throws when the file is no catalog, or one of a newer version.</summary>
    /// <returns>The file's version.</returns>
    public static int Check(CatalogFile file)
    {
        if (file.Scalar("PRAGMA application_id") != ApplicationId)
            throw new CatalogFileException($"'{file.Name}' is a SQLite file of another program, not a catalog file; it was left as it is.");
        var version = file.Scalar("PRAGMA user_version");
        if (version > Version)
            throw new CatalogFileException(
                $"'{file.Name}' has format version {version}; this version of ImageRec reads up to {Version}. Update the ImageRec "
                + "package.");
        var tables = file.Scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('items', 'sample', 'unreadable', "
            + "'state', 'staged', 'changes', 'totals', 'writer')");
        if (tables != (version < Version ? TablesOfVersion1 : TablesOfVersion2))
            throw file.Damaged($"its format version {version} does not fit its {tables} tables");
        return (int)version;
    }

    private const int TablesOfVersion1 = 4;
    private const int TablesOfVersion2 = 8;

    /// <summary>Creates the tables of a new file, or those that an older one lacks.</summary>
    public static void CreateOrUpgrade(CatalogFile file)
    {
        var empty = file.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (!empty)
            Check(file);
        if (file.Path is not null && CatalogConnection.IsReadOnly(file.Connection))
            throw new CatalogFileException(CatalogFileErrors.NotWritable(file.Name));
        Prepare(file);
        if (empty)
        {
            file.Execute("BEGIN IMMEDIATE");
            file.Execute($"{Version1} {Version2} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
            file.Execute("COMMIT");
        }
        else if (Check(file) < Version)
        {
            file.Atomically(() =>
            {
                file.Execute($"{Version2} PRAGMA user_version = {Version};");
                file.State.Adopt();
                file.Items.Adopt();
                if (CatalogSettings.Read(file) is { Stage: BuildStage.Complete })
                    file.Log.Open(file.State.Checksum());
            });
        }
    }

    private static void Prepare(CatalogFile file)
    {
        if (file.Path is null)
        {
            file.Execute("PRAGMA synchronous = OFF");
            return;
        }
        // Readers go on while the writer commits. Where the disk cannot do it (network shares), SQLite stays with its rollback journal.
        file.Execute("PRAGMA journal_mode = WAL");
        file.Execute("PRAGMA synchronous = FULL");
        file.Execute("PRAGMA journal_size_limit = 16777216");
    }
}
