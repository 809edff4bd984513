using System.CommandLine;
using ImageRec.Images;
using ImageRec.Tool.Input;

namespace ImageRec.Tool.Commands;

/// <summary>Arguments and options that several commands have, so that they mean the same in each.</summary>
internal static class SharedOptions
{
    private const string Short = "-o";
    private const string Long = "--output";

    public static Argument<string> File()
    {
        var file = new Argument<string>("FILE") { Description = "A catalog file." };
        file.Validators.Add(given =>
        {
            if (given.Tokens is [{ Value: var text }] && StoreAddress.Is(text))
                given.AddError(
                    $"'{StoreAddress.Hide(text)}' is a shared catalog, and this command reads a file. imagerec move copies it into one.");
        });
        return file;
    }

    /// <summary>A catalog wherever it is.</summary>
    public static Argument<string> Place() => new("FILE|STORE")
    {
        Description = "A catalog file, or the address of a shared catalog: redis://host:6379/shop.",
    };

    public static Option<int?> Shards() => NumberOption.Count(
        "--shards", "N", "How many shards a catalog in a store is made with: more than primaries; 4 unless given.");

    public static Argument<string> Photo() => new("PHOTO") { Description = "Any picture." };

    /// <summary>The file that a command writes: <c>-o</c> or <c>--output</c> in every command that writes one.</summary>
    /// <param name="name">Its name, or what it is called as well.</param>
    /// <param name="helpName">What is written.</param>
    /// <param name="description">What it is for.</param>
    public static Option<T> Output<T>(string name, string helpName, string description) =>
        new(name, name == Short ? [Long] : [Short, Long]) { HelpName = helpName, Description = description };

    public static Option<string?> Queries() => new("--queries")
    {
        HelpName = "DIR|CSV",
        Description = "Photos that are not in the catalog, in folders named like its categories; "
            + "without it, each item is a query to the rest.",
    };

    /// <summary>The part of a picture that is looked at.</summary>
    public static Option<ImageRegion?> Region() => new("--region")
    {
        HelpName = "X,Y,W,H",
        Description = "Only this part of the picture, in fractions of its width and height: 0.5,0,0.5,1 is the right half.",
        CustomParser = given =>
        {
            var text = given.Tokens.Single().Value;
            if (ImageRegion.Parse(text) is not { } region)
            {
                given.AddError($"--region is {ImageRegion.Expected}; not '{text}'.");
                return null;
            }
            return region;
        },
    };

    /// <summary>Returns the picture at a path, or a part of it.</summary>
    public static ImageSource Picture(string path, ImageRegion? region)
    {
        var whole = ImageSource.FromFile(path);
        return region is { } part ? new CroppedImageSource(whole, part) : whole;
    }

    public static Option<bool> Json() => Flag("--json", "Print the result as JSON, and nothing else, on stdout.");

    /// <summary>An option that stands for itself.</summary>
    /// <remarks>Without a value: otherwise a file named 'true' would be taken for one.</remarks>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };
}
