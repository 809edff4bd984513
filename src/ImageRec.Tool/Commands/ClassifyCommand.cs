using System.CommandLine;
using System.Text.Json.Serialization;
using ImageRec.Tool.Input;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec classify FILE PHOTO</c></summary>
internal static class ClassifyCommand
{
    private const int ShownToPeople = 5;

    public static Command Create()
    {
        var file = SharedOptions.File();
        var photo = SharedOptions.Photo();
        var region = SharedOptions.Region();
        var json = SharedOptions.Json();
        var command = new Command("classify", "Predict the category of a picture, by a catalog that 'index --learn' has made.")
        {
            file, photo, region, json,
        };
        CommandBody.Set(command, json, async (line, terminal, token) =>
        {
            var name = line.GetRequiredValue(file);
            await using var catalog = await OpenCatalog.OpenAsync(name, token);
            if (catalog.Engine.Categories is not { } learned)
                throw new CatalogException($"'{name}' has learned no categories. Index the photos with --learn, into another file.");
            if (learned.Note is { } note)
                throw new CatalogException(note);
            var picture = SharedOptions.Picture(line.GetRequiredValue(photo), line.GetValue(region));
            var predicted = await catalog.Engine.ClassifyAsync(picture, token);
            terminal.Result(predicted.Select(answer => new Answer(answer.Category, answer.Probability)), to =>
            {
                foreach (var answer in predicted.Take(ShownToPeople))
                    to.WriteLine($"{answer.Probability:0.000}  {answer.Category}");
            });
        });
        return command;
    }

    private sealed record Answer(
        [property: JsonPropertyName("category")] string Category,
        [property: JsonPropertyName("probability")] float Probability);
}
