using ImageRec;

// build FOLDER: a catalog of the pictures in a folder; thumbnail FILE: a small JPEG of one picture. Prints what came of it.
try
{
    if (args[0] == "thumbnail")
    {
        Console.WriteLine($"{(await ImageSource.FromFile(args[1]).ToThumbnailAsync(32)).Length > 0}");
        return 0;
    }
    await using var shop = await new RecommenderBuilder().BuildAsync(ImageCatalog.FromFolder(args[1]));
    Console.WriteLine($"{shop.Count} pictures, {shop.Report!.Unreadable.Count} unreadable");
    return 0;
}
catch (ImageRecException e)
{
    Console.WriteLine($"{e.GetType().Name}: {e.Message}");
    for (var inner = e.InnerException; inner is not null; inner = inner.InnerException)
        Console.WriteLine(inner.GetType().Name);
    return 1;
}
