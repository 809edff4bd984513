namespace ImageRec.Torture.Kill;

/// <summary>What a change calls.</summary>
internal enum ChangeKind
{
    /// <summary>BuildAsync on the file, by an engine of its own.</summary>
    Build,

    /// <summary>RebuildAsync of the open engine.</summary>
    Rebuild,

    /// <summary>UpsertAsync: new ones and replacements under one stamp.</summary>
    Upsert,

    /// <summary>RemoveAsync of several.</summary>
    Remove,

    /// <summary>BackupAsync; changes nothing.</summary>
    Backup,

    /// <summary>DisposeAsync, then OpenAsync.</summary>
    Reopen,
}
