using ImageRec;
using QuickStart;

// Photos of your own, or two hundred products that are drawn here: dotnet run --project samples/1-QuickStart [-- DIR]
var output = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "imagerec-quickstart")).FullName;
var photos = args.FirstOrDefault() ?? DrawnPhotos.Draw(Path.Combine(output, "photos"));
try
{
    await using var shop = await new RecommenderBuilder().BuildAsync(ImageCatalog.FromFolder(photos));
    Console.WriteLine($"{shop.Count} pictures of {photos}: {shop.Describe()}");

    var page = new Page($"The five most similar of {shop.Count} pictures");
    foreach (var product in Examples.Of(shop.Items))
    {
        var similar = await shop.RecommendLikeAsync([product.Id]);
        Console.WriteLine();
        Console.WriteLine($"  {product.Id}");
        foreach (var hit in similar)
            Console.WriteLine($"    {hit.Score:F3}  {hit.Id}");
        await page.AddAsync(product, similar);
    }
    Console.WriteLine();
    Console.WriteLine($"Look at them: {page.Write(Path.Combine(output, "similar.html"))}");
    return 0;
}
catch (CatalogException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
