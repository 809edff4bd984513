using System.CommandLine;
using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec remove FILE|STORE ID...</c></summary>
internal static class RemoveCommand
{
    public static Command Create()
    {
        var file = SharedOptions.Place();
        var ids = new Argument<string[]>("ID")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Ids of items, as 'query' and 'info --list' print them.",
        };
        var json = SharedOptions.Json();
        var command = new Command("remove", "Take items out of a catalog; ids that it lacks are ignored.") { file, ids, json };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            await using var catalog = await CatalogView.OpenAsync(line.GetRequiredValue(file), token);
            var removed = await catalog.Answers.RemoveAsync(line.GetRequiredValue(ids), token);
            var left = await catalog.Answers.CountAsync(token);
            terminal.Result(new { removed, items = left }, to =>
                to.WriteLine($"{removed:N0} removed, {Units.Count((int)Math.Min(left, int.MaxValue), "item", "items")} left"));
        });
        return command;
    }
}
