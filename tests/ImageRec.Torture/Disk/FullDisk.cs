namespace ImageRec.Torture.Disk;

/// <summary>The disk is full, at one page or another.</summary>
internal static class FullDisk
{
    private const long Size = 4_000_000;
    private const int Items = 300;

    public static async Task<bool> ChangeAsync(DiskCase found)
    {
        using var disk = MountedDisk.TryMount(Size);
        if (disk is null)
            return false;
        var file = Path.Combine(disk.Folder, "catalog.imagerec");
        var things = DiskCase.Made(Items, stamp: 0);
        var engine = await found.BuildAsync(file, things);
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            disk.Fill(left: found.Random.Next(4) == 0 ? 0 : found.Random.Next(120_000));
            var changed = DiskCase.Made(Items, attempt);
            var done = await found.DoneAsync("an upsert on a full disk", () => engine.UpsertAsync(Things.Catalog(changed)));
            things = done ? changed : things;
            await found.AnswersAsync(engine, things, "while the disk is full");
            var gone = things[found.Random.Next(things.Count)];
            if (await found.DoneAsync("a removal on a full disk", () => engine.RemoveAsync(gone.Id)))
                things = [.. things.Where(t => t != gone)];
            await found.AnswersAsync(engine, things, "after a removal while the disk is full");
            disk.Free();
            if (await found.MustAsync("the same upsert once there is space", () => engine.UpsertAsync(Things.Catalog(changed))))
                things = changed;
            await found.AnswersAsync(engine, things, "once there is space");
        }
        await found.DisposeAsync(engine);
        await found.HoldsAsync(file, things, "after all of it");
        return true;
    }

    public static async Task<bool> BuildAsync(DiskCase found)
    {
        using var disk = MountedDisk.TryMount(Size);
        if (disk is null)
            return false;
        var file = Path.Combine(disk.Folder, "catalog.imagerec");
        var things = DiskCase.Made(Items, stamp: 0);
        disk.Fill(left: found.Random.Next(150_000));
        RecommendationEngine<Thing>? engine = null;
        await found.DoneAsync("a build on a full disk", async () => engine = await found.BuildAsync(file, things));
        if (engine is not null)
        {
            await found.AnswersAsync(engine, things, "built on a nearly full disk");
            await found.DisposeAsync(engine);
        }
        disk.Free();
        await found.MustAsync("the same build once there is space", async () =>
        {
            await using var again = await found.BuildAsync(file, things);
            await found.AnswersAsync(again, things, "built again");
        });
        await found.HoldsAsync(file, things, "after the build was run again");
        return true;
    }

    public static async Task<bool> RebuildAsync(DiskCase found)
    {
        using var disk = MountedDisk.TryMount(Size);
        if (disk is null)
            return false;
        var file = Path.Combine(disk.Folder, "catalog.imagerec");
        var (before, after) = (DiskCase.Made(Items, stamp: 0), DiskCase.Made(Items + 40, stamp: 1));
        await (await found.BuildAsync(file, before)).DisposeAsync();
        disk.Fill(left: found.Random.Next(120_000));
        var done = await found.DoneAsync(
            "building a finished file again on a full disk", async () => await (await found.BuildAsync(file, after)).DisposeAsync());
        disk.Free();
        await found.HoldsAsync(file, done ? after : before, $"after a rebuild on a full disk that was {(done ? "done" : "refused")}");
        await found.MustAsync("the same rebuild once there is space",
            async () => await (await found.BuildAsync(file, after)).DisposeAsync());
        await found.HoldsAsync(file, after, "after the rebuild was run again");
        return true;
    }

    public static async Task<bool> DisposeAsync(DiskCase found)
    {
        using var disk = MountedDisk.TryMount(Size);
        if (disk is null)
            return false;
        var file = Path.Combine(disk.Folder, "catalog.imagerec");
        var things = DiskCase.Made(Items, stamp: 0);
        var engine = await found.BuildAsync(file, things);
        // Enough changes that what was learned of them is worth keeping at the end.
        things = DiskCase.Made(Items, stamp: 1);
        await engine.UpsertAsync(Things.Catalog(things));
        disk.Fill(left: found.Random.Next(3) == 0 ? found.Random.Next(60_000) : 0);
        await found.DisposeAsync(engine);
        await found.HoldsAsync(file, things, "on a full disk after dispose");
        disk.Free();
        await found.HoldsAsync(file, things, "once there is space after dispose");
        return true;
    }
}
