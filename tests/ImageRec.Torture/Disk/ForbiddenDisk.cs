namespace ImageRec.Torture.Disk;

/// <summary>The whole disk is read-only, to root too: catalogs are read, changes refused until writing is allowed again.</summary>
internal static class ForbiddenDisk
{
    private const long Size = 4_000_000;

    public static async Task<bool> RunAsync(DiskCase found)
    {
        using var disk = MountedDisk.TryMount(Size);
        if (disk is null)
            return false;
        var file = Path.Combine(disk.Folder, "catalog.imagerec");
        var (things, changed) = (DiskCase.Made(100, stamp: 0), DiskCase.Made(120, stamp: 1));
        await (await found.BuildAsync(file, things)).DisposeAsync();
        if (!disk.Forbid())
        {
            found.Find("after dispose the disk cannot be made read-only: a file is still open for writing");
            return true;
        }
        RecommendationEngine<Thing>? engine = null;
        await found.MustAsync("opening on a read-only disk", async () => engine = await found.Builder().OpenAsync<Thing>(file));
        if (await found.DoneAsync("building on a read-only disk", async () => await (await found.BuildAsync(file, changed)).DisposeAsync()))
            found.Find("a build on a read-only disk says that it is done");
        if (await found.DoneAsync("a new catalog on a read-only disk",
            async () => await (await found.BuildAsync(file + "-new", changed)).DisposeAsync()))
            found.Find("a new catalog on a read-only disk says that it is done");
        if (engine is null)
            return true;
        await found.AnswersAsync(engine, things, "on a read-only disk");
        if (await found.DoneAsync("an upsert on a read-only disk", () => engine.UpsertAsync(Things.Catalog(changed))))
            found.Find("an upsert on a read-only disk says that it is done");
        await found.AnswersAsync(engine, things, "after a refused upsert");
        if (await found.DoneAsync("a removal on a read-only disk", () => engine.RemoveAsync(things[0].Id)))
            found.Find("a removal on a read-only disk says that it is done");
        await found.AnswersAsync(engine, things, "after a refused removal");
        disk.Allow();
        if (await found.MustAsync("the same upsert once writing is allowed", () => engine.UpsertAsync(Things.Catalog(changed))))
            things = changed;
        await found.AnswersAsync(engine, things, "once writing is allowed");
        await found.DisposeAsync(engine);
        await found.HoldsAsync(file, things, "once writing is allowed");
        return true;
    }
}
