using System.Text.Json.Serialization.Metadata;
using ImageRec.Building;
using ImageRec.Sharing.Filters;
using ImageRec.Sharing.Stores;
using ImageRec.Storage;

namespace ImageRec.Sharing.Building;

/// <summary>Publishes a fitted pipeline where there is none yet: fitted on a sample by the first worker, under a lease.</summary>
/// <param name="index">The store.</param>
/// <param name="builder">Chooses the components.</param>
/// <param name="layout">How a catalog that is made is laid out.</param>
internal sealed class SharedBuild<TItem>(ISharedIndex index, RecommenderBuilder builder, SharedLayout layout)
{
    private const int BlockItems = 512;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    private readonly JsonTypeInfo<TItem> _type = new ItemJson<TItem>(builder.Json).Type();

    /// <summary>Gets the ids of the items whose rows the fit has computed and written.</summary>
    public List<string> Written { get; } = [];

    /// <summary>Publishes the pipeline, unless there is one or another worker is quicker.</summary>
    /// <returns>What the catalog is, whoever has made it.</returns>
    /// <exception cref="SharedCatalogException">It was made with other settings than the builder's.</exception>
    public async Task<CatalogManifest> EnsureAsync(
        IReadOnlyList<CatalogEntry<TItem>> entries, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        // Before any waiting and any work: a network that cannot be loaded, an attribute that is not there.
        var attributes = DeclaredAttributes.Find(_type, layout.Attributes).Names;
        var components = builder.CreateShared();
        try
        {
            // Other settings are refused before any waiting.
            if (await index.ReadManifestAsync(cancellationToken).ConfigureAwait(false) is { } there)
                await RequireSameAsync(there, attributes, components, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                // Also where there is one: who fits writes what it has fitted on before it gives the lease back, so that nobody else
                // computes that.
                if (await index.TryLeaseAsync("fit", cancellationToken).ConfigureAwait(false) is { } lease)
                {
                    await using var holding = lease.ConfigureAwait(false);
                    if (await index.ReadManifestAsync(cancellationToken).ConfigureAwait(false) is null)
                        await FitAsync(entries, attributes, components, progress, cancellationToken).ConfigureAwait(false);
                    if (await index.ReadManifestAsync(cancellationToken).ConfigureAwait(false) is { } published)
                    {
                        await RequireSameAsync(published, attributes, components, cancellationToken).ConfigureAwait(false);
                        return published;
                    }
                }
                await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            components.DisposeExtractor();
        }
    }

    /// <summary>Publishes what a finished catalog file was fitted to, and its items.</summary>
    /// <exception cref="SharedCatalogException">There is a catalog of that name already.</exception>
    public async Task ImportAsync(CatalogFile file, CancellationToken cancellationToken)
    {
        if (await index.ReadManifestAsync(cancellationToken).ConfigureAwait(false) is not null)
            throw AlreadyThere();
        var attributes = DeclaredAttributes.Find(_type, layout.Attributes);
        var (components, pipeline) = FittedPipeline.Load<TItem>(file, builder);
        components.DisposeExtractor();
        var manifest = await PublishAsync(file, attributes.Names, pipeline.Dimensions, cancellationToken).ConfigureAwait(false)
            ?? throw AlreadyThere();
        await WriteAsync(manifest, file, attributes, id => null, cancellationToken).ConfigureAwait(false);
    }

    private async Task FitAsync(
        IReadOnlyList<CatalogEntry<TItem>> entries, IReadOnlyList<string> attributes, Components components,
        IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var sample = SampleOf(entries, components);
        using var file = CatalogFile.OpenOrCreate(path: null);
        file.Label = index.Name;
        await new CatalogBuild<TItem>(file, components, progress, cancellationToken).RunAsync(sample).ConfigureAwait(false);
        var dimensions = PipelineState.Load(file, components).Dimensions;
        if (await PublishAsync(file, attributes, dimensions, cancellationToken).ConfigureAwait(false) is not { } manifest)
            return;
        var json = components.ItemJson<TItem>();
        var byId = sample.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        await WriteAsync(
            manifest, file, DeclaredAttributes.Known(_type, attributes), id => json.Serialize(byId[id]), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<CatalogManifest?> PublishAsync(
        CatalogFile file, IReadOnlyList<string> attributes, int dimensions, CancellationToken cancellationToken)
    {
        var manifest = new CatalogManifest
        {
            Version = CatalogManifest.CurrentVersion,
            Fit = Guid.NewGuid().ToString("n"),
            Blobs = new Dictionary<string, BlobEntry>(),
            Shards = layout.Shards ?? SharedLayout.UsualShards,
            Attributes = attributes,
            Kinds = DeclaredAttributes.Known(_type, attributes).Kinds(),
            Dimensions = dimensions,
        };
        return await index.PublishAsync(manifest, FittedPipeline.PartsOf(file), cancellationToken).ConfigureAwait(false) ? manifest : null;
    }

    /// <summary>Writes the items of a file with the rows that it has.</summary>
    private async Task WriteAsync(
        CatalogManifest manifest, CatalogFile file, DeclaredAttributes attributes, Func<string, string?> jsonOf,
        CancellationToken cancellationToken)
    {
        index.Use(manifest);
        var block = new List<SharedRecord>();
        foreach (var (item, row) in file.Items.ReadAll(manifest.Dimensions))
        {
            // A row of 0 is similar to nothing, and no store can hold it.
            if (!row.Span.ContainsAnyExcept(0f))
                continue;
            var json = jsonOf(item.Id) ?? item.Json ?? "null";
            block.Add(new SharedRecord
            {
                Id = item.Id,
                Category = item.Category,
                Picture = item.Hash!.Value,
                Json = json,
                Attributes = attributes.ValuesOf(item.Id, json),
                Row = row.ToArray(),
            });
            if (block.Count == BlockItems)
                await FlushAsync().ConfigureAwait(false);
        }
        await FlushAsync().ConfigureAwait(false);

        async Task FlushAsync()
        {
            await index.PutAsync(block, [], cancellationToken).ConfigureAwait(false);
            Written.AddRange(block.Select(record => record.Id));
            block.Clear();
        }
    }

    /// <summary>Returns a seeded sample in catalog order, or all where they are few.</summary>
    private static IReadOnlyList<CatalogEntry<TItem>> SampleOf(IReadOnlyList<CatalogEntry<TItem>> entries, Components components)
    {
        if (entries.Count <= components.FitSampleRows)
            return entries;
        var positions = Enumerable.Range(0, entries.Count).ToArray();
        new Random(components.Seed).Shuffle(positions);
        return [.. positions.Take(components.FitSampleRows).Order().Select(position => entries[position])];
    }

    private async Task RequireSameAsync(
        CatalogManifest there, IReadOnlyList<string> attributes, Components components, CancellationToken cancellationToken)
    {
        using var file = await FittedPipeline.ReadSettingsAsync(index, there, cancellationToken).ConfigureAwait(false);
        var found = CatalogSettings.Read(file) ?? throw new SharedCatalogException($"'{index.Name}' is damaged: its settings are missing.");
        var differences = found.DifferencesFrom(components.Settings<TItem>(BuildStage.Complete)).ToList();
        if (layout.Shards is { } shards && shards != there.Shards)
            differences.Add(FormattableString.Invariant($"it has {there.Shards} shards, not {shards}"));
        if (attributes.Count > 0 && !attributes.Order(StringComparer.Ordinal).SequenceEqual(there.Attributes.Order(StringComparer.Ordinal)))
            differences.Add($"its attributes are {Listed(there.Attributes)}, not {Listed(attributes)}");
        if (differences.Count > 0)
            throw new SharedCatalogException(
                $"'{index.Name}' was built otherwise: {string.Join("; ", differences)}. Build with the settings it has, or under another "
                + "name.");
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private SharedCatalogException AlreadyThere() => new(
        $"There is a catalog '{index.Name}' already. Give another name, or delete it first.");
}
