using System.CommandLine;
using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec info FILE|STORE</c></summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var file = SharedOptions.Place();
        var list = NumberOption.Whole(
            new("--list") { HelpName = "N", Description = "Also list the first N items: id, category and what is kept of each, as JSON." },
            least: 1, "the number of items to list, 1 or more");
        var json = SharedOptions.Json();
        var command = new Command("info", "Say what is in a catalog.") { file, list, json };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            if (line.GetRequiredValue(file) is var place && StoreAddress.Is(place))
            {
                var shared = await SharedInfo.ReadAsync(StoreAddress.Parse(place), line.GetValue(list), token);
                terminal.Result(shared, shared.Write);
                return;
            }
            var info = await CatalogInfo.ReadAsync(line.GetRequiredValue(file), line.GetValue(list), token);
            terminal.Result(info, info.Write);
        });
        return command;
    }
}
