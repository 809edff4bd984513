using Microsoft.Extensions.Options;

namespace ImageRec.AspNetCore;

/// <summary>Checks the options of one catalog when the app starts, after everything that configures them has had its say.</summary>
internal sealed class ImageRecOptionsValidation<TItem>(string name) : IValidateOptions<ImageRecOptions<TItem>>
{
    private readonly string _name = name;
    private readonly string _caller = name.Length == 0 ? $"AddImageRec<{typeof(TItem).Name}>" : $"AddImageRec<{typeof(TItem).Name}>(\"{name}\")";

    public ValidateOptionsResult Validate(string? name, ImageRecOptions<TItem> options)
    {
        if (name != _name)
            return ValidateOptionsResult.Skip;
        var wrong = Wrong(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private IEnumerable<string> Wrong(ImageRecOptions<TItem> options)
    {
        if (options.Products is null)
            yield return Missing(nameof(options.Products), "list the products to recommend from");
        if (options.Id is null)
            yield return Missing(nameof(options.Id), "give a product's id");
        if (options.Image is null)
            yield return Missing(nameof(options.Image), "give a product's picture");
        if (options.Builder is null)
            yield return Missing(nameof(options.Builder), "make the builder of the engine");
        if (options.Json is null)
            yield return $"{_caller} needs {nameof(options.Json)}: leave it as it is, or set it to JSON options.";
        if (options.CatalogFile is { } file && string.IsNullOrWhiteSpace(file))
            yield return $"{_caller} has the empty {nameof(options.CatalogFile)} '{file}': set it to the path of a file, or to null to keep the index in memory only.";
        if (options.PhotosFolder is { } folder && string.IsNullOrWhiteSpace(folder))
            yield return $"{_caller} has the empty {nameof(options.PhotosFolder)} '{folder}': set it to the path of a folder, or to null.";
        if (options.WatchInterval <= TimeSpan.Zero && options.WatchInterval != Timeout.InfiniteTimeSpan)
            yield return $"{_caller} has {nameof(options.WatchInterval)} {options.WatchInterval}: it takes a time above zero, or Timeout.InfiniteTimeSpan.";
        if (options.ReindexInterval <= TimeSpan.Zero)
            yield return $"{_caller} has {nameof(options.ReindexInterval)} {options.ReindexInterval}: it takes a time above zero, or null for never.";
        var limits = options.Limits is null ? "are null; leave them out for the defaults" : options.Limits.Wrong();
        if (limits is not null)
            yield return $"The {nameof(options.Limits)} of {_caller} {limits}.";
    }

    private string Missing(string property, string purpose) => $"{_caller} needs {property}: set it to a function that can {purpose}.";
}
