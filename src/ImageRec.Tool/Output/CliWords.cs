namespace ImageRec.Tool.Output;

/// <summary>Puts the advice of the library, which is for those who write code, into the words of the command.</summary>
/// <remarks>A test fails where a message that the command can cause names a type or a method of the library.</remarks>
internal static class CliWords
{
    private static readonly (string Library, string Command)[] s_words =
    [
        // Catalog files.
        ("Only one engine changes a file at a time", "Only one process changes a file at a time"),
        ("Reading goes on meanwhile: an engine that is opened and changes nothing follows by RefreshAsync.",
            "Other commands can read it meanwhile."),
        ("Build one first.", "Make one by 'imagerec index'."),
        ("Give the file that a build has written.", "Give a file that 'imagerec index' has written."),
        ("Give a file that a build has written;", "Give a file that 'imagerec index' has written;"),
        ("Run the same build again;", "Run the same 'imagerec index' again;"),
        ("Build with the settings it has, delete it, or choose another file.",
            "Give the options it was made with, delete it, or choose another file."),
        ("delete it and build again", "delete it and index again"),
        ("Update ImageRec or build again.", "Update the command (dotnet tool update -g ImageRec.Tool) or index again."),
        ("Update the ImageRec package.", "Update the command: dotnet tool update -g ImageRec.Tool."),
        (" of your own, ", " of its app's own, "),
        (". Give it to the builder with UseExtractor before opening.",
            ". Only that app can query it; 'imagerec info' says what is in it."),
        (". Give it to the builder before opening.",
            ". Only that app can query it; 'imagerec info' says what is in it."),
        // Shared catalogs.
        ("Build it first, or give the name it was built under.", "Make one by 'imagerec index --to', or give the name it was made under."),
        ("Build with the settings it has, or under another name.", "Give the options it was made with, or another name."),
        ("or delete the catalog and build it again", "or index again under another name"),
        ("Update the package ImageRec.Redis.", "Update the command: dotnet tool update -g ImageRec.Tool."),
        // Lists and folders of photos.
        (", or set CsvOptions.Encoding", ""),
        ("FolderOptions.Exclude", "--exclude"),
        ("for the pictures in it use ImageCatalog.FromFolder", "give the folder itself for the pictures in it"),
        ("For a list of pictures use ImageCatalog.FromCsv.", "A list of pictures is a CSV file."),
        (", or use ImageSource.FromBytes", ""),
        (", or use ImageSource.FromStream", ""),
        // Categories.
        ("give some to ToCatalog, or leave LearnCategories out",
            "put the photos into folders named like their categories, or leave --learn out"),
        ("Build it with LearnCategories.", "Index the photos with --learn, into another file."),
        ("Give categories when building, or evaluate with queries of your own.",
            "Index photos that lie in folders named like their categories."),
        (" MaxQueries = 0 asks all.", ""),
        // Networks.
        ("Name one: OnnxModel.AlexNet(path), or on the command line --model and --preset.",
            "Name one by --model and --preset."),
        ("Choose another Output", "Choose another tensor by --tensor"),
        ("Choose an Output", "Choose a tensor by --tensor"),
        (", or another Input", ""),
        ("Set Input to the one that takes images; the others must not be needed for",
            "Save it with the one that takes images alone; the others must not be needed for"),
        ("Set Width, Height and ChannelsLast to what the network takes.",
            "Choose the --preset that fits, or export the network with one of their shapes."),
        ("Leave PixelRange at 255, Mean at 0 and Std at 1.", "Use --preset plain."),
        ("use another network, or set it up as it was trained",
            "use another network, or the --preset that it was trained with"),
    ];

    public static string Of(string message)
    {
        foreach (var (library, command) in s_words)
            message = message.Replace(library, command, StringComparison.Ordinal);
        return message;
    }
}
