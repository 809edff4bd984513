using System.CommandLine;
using System.Text.Json;
using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec move FILE STORE</c>, or back</summary>
internal static class MoveCommand
{
    public static Command Create()
    {
        var from = new Argument<string>("FROM") { Description = "A catalog file, or the address of a shared catalog." };
        var to = new Argument<string>("TO")
        {
            Description = "Where it is to be: an address such as redis://host:6379/shop for a file, a file for a shared catalog.",
        };
        var shards = SharedOptions.Shards();
        var json = SharedOptions.Json();
        var command = new Command(
            "move", "Copy a catalog file into a store, or a shared catalog into a file: rows are copied, no photo is read. What was stays.")
        {
            from, to, shards, json,
        };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var (source, target) = (line.GetRequiredValue(from), line.GetRequiredValue(to));
            var isIntoStore = StoreAddress.Is(target);
            if (isIntoStore == StoreAddress.Is(source))
                throw new UsageException(isIntoStore
                    ? "Both are addresses; move the one into a file, then the file into the other."
                    : "Both are files; copy the file. One of the two is an address such as redis://host:6379/shop.");
            if (!isIntoStore && line.GetValue(shards) is not null)
                throw new UsageException("--shards is about a catalog that is made in a store, and this one is moved into a file.");
            var (items, where) = isIntoStore
                ? await IntoStoreAsync(source, StoreAddress.Parse(target, line.GetValue(shards)), token)
                : await IntoFileAsync(StoreAddress.Parse(source), target, token);
            var count = Units.Count((int)Math.Min(items, int.MaxValue), "item", "items");
            terminal.Result(
                new { to = where, items }, output => output.WriteLine($"{count} in {where}. '{StoreAddress.Hide(source)}' is as it was."));
        });
        return command;
    }

    private static async Task<(long Items, string Where)> IntoStoreAsync(string file, StoreAddress store, CancellationToken token)
    {
        // Opened first, for the builder that fits it and for the sentence that says what is wrong with it.
        await using var catalog = await OpenCatalog.OpenAsync(file, token);
        var builder = new RecommenderBuilder().RestoreForests();
        if (catalog.HasAbsentExtractor)
            builder.UseExtractor(new AbsentExtractor(file, catalog.Settings));
        await builder.CopyAsync<JsonElement>(file, store.Catalog, token);
        return (catalog.Engine.Count, store.Shown);
    }

    private static async Task<(long Items, string Where)> IntoFileAsync(StoreAddress store, string file, CancellationToken token)
    {
        await SharedView.WithBuilderAsync(store, async builder =>
        {
            await builder.CopyToFileAsync<JsonElement>(store.Catalog, file, token);
            return true;
        }, token);
        await using var catalog = await OpenCatalog.OpenAsync(file, token);
        return (catalog.Engine.Count, catalog.Engine.FilePath!);
    }
}
