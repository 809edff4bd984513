namespace ImageRec.Torture.Concurrency;

/// <summary>What a command calls.</summary>
internal enum CommandKind
{
    /// <summary>RecommendAsync with a picture.</summary>
    Ask,

    /// <summary>RecommendAsync with the picture of an item, which may be there.</summary>
    AskOwn,

    /// <summary>RecommendLikeAsync with an id.</summary>
    AskLike,

    /// <summary>TryGet.</summary>
    Get,

    /// <summary>Items, all of them.</summary>
    List,

    /// <summary>UpsertAsync of several under one stamp.</summary>
    Upsert,

    /// <summary>RemoveAsync of several.</summary>
    Remove,

    /// <summary>RebuildAsync to a list.</summary>
    Rebuild,

    /// <summary>BackupAsync, and Items of the copy.</summary>
    Backup,

    /// <summary>RefreshAsync of another engine, which reads the same file.</summary>
    RefreshReader,

    /// <summary>The second half of a refresh: it shows what the first half has read.</summary>
    ShowReader,

    /// <summary>The second half of a change: what is in the file is shown by the engine that changed it.</summary>
    ShowChange,

    /// <summary>Items of that engine, and an answer of it.</summary>
    AskReader,

    /// <summary>DisposeAsync of the engine that changes.</summary>
    Dispose,
}
