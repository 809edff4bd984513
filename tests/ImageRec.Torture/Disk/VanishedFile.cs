namespace ImageRec.Torture.Disk;

/// <summary>
/// The file of an open engine is replaced or removed: it goes on answering, says no to changes, and follows only to a whole catalog.
/// </summary>
internal static class VanishedFile
{
    public static Task<bool> ReplacedAsync(DiskCase found) => RunAsync(found, "the file was replaced", async (file, other) =>
    {
        var elsewhere = file + "-other";
        await (await found.BuildAsync(elsewhere, other)).DisposeAsync();
        File.Move(elsewhere, file, overwrite: true);
    }, hasOther: true);

    public static Task<bool> DeletedAsync(DiskCase found) => RunAsync(found, "the file was deleted", (file, _) =>
    {
        File.Delete(file);
        return Task.CompletedTask;
    }, hasOther: false);

    public static Task<bool> FolderRemovedAsync(DiskCase found) => RunAsync(found, "the folder was removed", (file, _) =>
    {
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return Task.CompletedTask;
    }, hasOther: false);

    private static async Task<bool> RunAsync(DiskCase found, string what, Func<string, List<Thing>, Task> happens, bool hasOther)
    {
        if (OperatingSystem.IsWindows())
            return false;
        using var scratch = new Scratch();
        var file = Path.Combine(Directory.CreateDirectory(scratch.File("shop")).FullName, "catalog.imagerec");
        var (things, other) = (DiskCase.Made(80, stamp: 0), DiskCase.Made(90, stamp: 1));
        await (await found.BuildAsync(file, things)).DisposeAsync();
        var engine = await found.Builder().OpenAsync<Thing>(file);
        // Half of the time the engine has changed the file before, and holds it.
        var writes = found.Random.Next(2) == 0;
        if (writes)
        {
            var first = new Thing("first", 5);
            await engine.UpsertAsync(Things.Catalog([first]));
            things.Add(first);
        }
        await happens(file, other);
        var when = $"after {what}{(writes ? " under its writer" : " under a reader")}";
        // An engine that reads rows from the file takes over what it finds there, as a whole.
        await found.AnswersAsync(engine, things, when, isGone: true, orElse: hasOther && found.CodesOnly && !writes ? other : null);
        var change = new Thing("second", 6);
        if (await found.DoneAsync($"an upsert {when}", () => engine.UpsertAsync(Things.Catalog([change]))))
        {
            await found.MustAsync($"opening what holds the upsert acknowledged {when}", async () =>
            {
                await using var again = await found.Builder().OpenAsync<Thing>(file);
                if (!again.TryGet(change.Id, out _))
                    found.Find($"an upsert acknowledged {when} is lost");
            });
            // Before it changes a file, an engine takes over what lies there.
            other.Add(change);
        }
        else
        {
            await found.AnswersAsync(engine, things, $"after an upsert refused {when}", isGone: true, orElse: hasOther && found.CodesOnly
                && !writes ? other : null);
        }
        if (!writes && await found.DoneAsync($"a refresh {when}", () => engine.RefreshAsync()))
            await found.AnswersAsync(engine, hasOther ? other : things, $"refreshed {when}", isGone: !hasOther);
        await found.DisposeAsync(engine);
        if (hasOther)
            await found.HoldsAsync(file, other, $"{when}, opened anew");
        else if (await found.DoneAsync($"opening {when}", async () => await (await found.Builder().OpenAsync<Thing>(file)).DisposeAsync()))
            found.Find($"opening {when} is done");
        return true;
    }
}
