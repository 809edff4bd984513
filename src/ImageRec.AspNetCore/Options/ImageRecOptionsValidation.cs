using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ImageRec.AspNetCore.Options;

/// <summary>Validates the options of one catalog when the app starts, after everything that configures them has run.</summary>
/// <param name="name">Name of the catalog; empty for none.</param>
/// <param name="section">What it was configured from, if anything.</param>
internal sealed class ImageRecOptionsValidation<TItem>(string name, IConfigurationSection? section)
    : IValidateOptions<ImageRecOptions<TItem>>
{
    private static readonly TimeSpan s_longestWatchInterval = TimeSpan.FromDays(24);

    private readonly string _name = name;
    private readonly string _caller = $"AddImageRec<{typeof(TItem).Name}>{(name.Length == 0 ? "" : $"(\"{name}\")")}";

    public ValidateOptionsResult Validate(string? name, ImageRecOptions<TItem> options)
    {
        if (name != _name)
            return ValidateOptionsResult.Skip;
        // What is wrong with the section comes alone: it was not applied, so that everything it sets would be reported as missing.
        var problems = section is null ? [] : SectionBinding.Problems(section, typeof(ImageRecOptions<TItem>)).ToList();
        if (problems.Count == 0)
            problems = [.. Missing(options), .. Unusable(options).Select(problem => $"{_caller} has {problem}.")];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Missing(ImageRecOptions<TItem> options)
    {
        if (options is { Products: null, Engine: null, Catalog: null })
            yield return Needs(nameof(options.Products), "lists the products to recommend from");
        if (options.Id is null)
            yield return Needs(nameof(options.Id), "returns a product's id");
        if (options.Image is null)
            yield return Needs(nameof(options.Image), "returns a product's picture");
        if (options.Builder is null)
            yield return Needs(nameof(options.Builder), "creates the builder of the engine");
        if (options.Json is null)
            yield return $"{_caller} needs {nameof(options.Json)}: leave it as it is, or set it to JSON options.";
        if (options.Limits is null)
            yield return $"{_caller} needs {nameof(options.Limits)}: leave it as it is, or set it to limits.";
        if (options is { PhotoFile: not null, PhotosFolder: null })
        {
            var key = section is null ? nameof(options.PhotosFolder) : $"{section.Path}:{nameof(options.PhotosFolder)}";
            yield return $"{_caller} needs {nameof(options.PhotosFolder)}: set {key} to the path of the folder with the photos.";
        }
    }

    private static IEnumerable<string> Unusable(ImageRecOptions<TItem> options)
    {
        if (IsBlank(options.CatalogFile))
            yield return $"{nameof(options.CatalogFile)} '{options.CatalogFile}'; it takes the path of a file, or null for memory only";
        if (options is { CatalogFile: { } file, Engine: not null })
            yield return $"both {nameof(options.Engine)} and {nameof(options.CatalogFile)} '{file}'; it takes one of them";
        if (options is { Catalog: { } shared } && (options.Engine is not null || options.CatalogFile is not null))
        {
            var other = options.Engine is not null ? nameof(options.Engine) : nameof(options.CatalogFile);
            yield return $"both {nameof(options.Catalog)} '{shared.Name}' and {other}; it takes one of them";
        }
        if (options is { Catalog: { } without, NamedRules.Count: > 0 })
        {
            yield return $"{nameof(options.Rules)}, and {nameof(options.Catalog)} '{without.Name}', which applies none; "
                + "leave the rules out";
        }
        if (IsBlank(options.PhotosFolder))
            yield return $"{nameof(options.PhotosFolder)} '{options.PhotosFolder}'; it takes the path of a folder, or null";
        if (IsBlank(options.ManagePolicy))
            yield return $"{nameof(options.ManagePolicy)} '{options.ManagePolicy}'; it takes the name of a policy, or null";
        if (options.WatchInterval != Timeout.InfiniteTimeSpan
            && (options.WatchInterval <= TimeSpan.Zero || options.WatchInterval > s_longestWatchInterval))
        {
            yield return $"{nameof(options.WatchInterval)} {options.WatchInterval}; "
                + $"it takes a time above zero, up to {s_longestWatchInterval.Days} days, or Timeout.InfiniteTimeSpan";
        }
        if (options.ReindexInterval <= TimeSpan.Zero)
            yield return $"{nameof(options.ReindexInterval)} {options.ReindexInterval}; it takes a time above zero, or null for never";
        foreach (var problem in options.Limits?.Problems() ?? [])
            yield return problem;
    }

    private static bool IsBlank(string? text) => text is not null && string.IsNullOrWhiteSpace(text);

    private string Needs(string property, string purpose) => $"{_caller} needs {property}: set it to a function that {purpose}.";
}
