using System.CommandLine;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec info FILE</c></summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var file = SharedOptions.File();
        var list = NumberOption.Whole(
            new("--list") { HelpName = "N", Description = "Also list the first N items: id, category and what is kept of each, as JSON." },
            least: 1, "the number of items to list, 1 or more");
        var json = SharedOptions.Json();
        var command = new Command("info", "Say what is in a catalog file.") { file, list, json };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var info = await CatalogInfo.ReadAsync(line.GetRequiredValue(file), line.GetValue(list), token);
            terminal.Result(info, info.Write);
        });
        return command;
    }
}
