using System.IO.Hashing;
using System.Runtime.InteropServices;
using ImageRec.Building;
using ImageRec.Sharing.Answering;
using ImageRec.Sharing.Stores;
using ImageRec.Vectors;

namespace ImageRec.Sharing.Building;

/// <summary>Brings items into a shared catalog: those whose image, category and JSON are as they were are left alone.</summary>
/// <param name="state">The catalog.</param>
/// <param name="progress">Reports progress.</param>
internal sealed class SharedUpsert<TItem>(SharedState<TItem> state, IProgress<BuildProgress>? progress)
{
    private const int BlockItems = 512;
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly List<(PendingImage<TItem> Image, Kept Kept)> _known = [];
    private readonly List<(SharedRecord Record, SharedRecord? Replaced)> _waiting = [];

    /// <param name="entries">The items.</param>
    /// <param name="writesAtOnce">
    /// Whether each batch is written when it is computed, which bounds memory; otherwise all is computed before anything is written.
    /// </param>
    /// <param name="failWhenMostAreInvalid">Whether it is an error when most images have no finite embedding.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<BuildReport> RunAsync(
        IReadOnlyList<CatalogEntry<TItem>> entries, bool writesAtOnce, bool failWhenMostAreInvalid, CancellationToken cancellationToken)
    {
        var meter = new ProgressMeter(progress, entries.Count);
        meter.Enter(BuildStage.Extracting);
        await ReadKeptAsync(entries, cancellationToken).ConfigureAwait(false);
        var images = entries.Select((entry, i) => new PendingImage<TItem>(i, entry, state.Json.Serialize(entry))).ToList();
        var unreadable = new List<UnreadableItem>();
        var computer = new FeatureComputer(state.Components.Extractor, state.Components.Limits)
        {
            FailWhenMostAreInvalid = failWhenMostAreInvalid,
        };
        var computed = 0;
        await foreach (var batch in computer.ComputeAsync(images, IsKnown, cancellationToken).ConfigureAwait(false))
        {
            if (state.Components.UnreadableImages == UnreadableImages.Throw && batch.Unreadable is [var first, ..])
                throw new UnreadableImageException($"Item '{first.Entry.Id}': {first.Failure}");
            var rows = state.Pipeline.ToUnitRows(batch.Features, [.. batch.Computed.Select(image => image.Entry.Category)]);
            for (var i = 0; i < batch.Computed.Count; i++)
            {
                if (!rows[i].ContainsAnyExcept(0f))
                {
                    unreadable.Add(new UnreadableItem(batch.Computed[i].Entry.Id, "Its row is 0, which is similar to nothing."));
                    continue;
                }
                computed++;
                Add(batch.Computed[i], rows[i].ToArray());
            }
            unreadable.AddRange(batch.Unreadable.Select(image => new UnreadableItem(image.Entry.Id, image.Failure!)));
            if (writesAtOnce)
                await WriteAsync(cancellationToken).ConfigureAwait(false);
            meter.Add(batch.Computed.Count, batch.Known, batch.Unreadable.Count);
        }
        await RelabelAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await WriteAsync(CancellationToken.None).ConfigureAwait(false);
        // Too late to stop: it is done.
        var count = (await state.Index.CountAsync(CancellationToken.None).ConfigureAwait(false)).Sum();
        return new BuildReport
        {
            Items = (int)Math.Min(count, int.MaxValue),
            Computed = computed,
            Reused = entries.Count - computed - unreadable.Count,
            Unreadable = unreadable,
            Elapsed = meter.Elapsed,
        };
    }

    private bool IsKnown(PendingImage<TItem> image)
    {
        if (!_kept.TryGetValue(image.Entry.Id, out var kept) || kept.Picture != image.Hash)
            return false;
        if (kept.Category != image.Entry.Category || kept.Json != HashOf(image.Json!))
            _known.Add((image, kept));
        return true;
    }

    private async Task ReadKeptAsync(IReadOnlyList<CatalogEntry<TItem>> entries, CancellationToken cancellationToken)
    {
        foreach (var block in entries.Select(entry => entry.Id).Chunk(BlockItems))
            foreach (var record in await state.Index.GetAsync(block, cancellationToken).ConfigureAwait(false))
                if (record is not null)
                    _kept.Add(record.Id, new Kept(record.Picture, record.Category, HashOf(record.Json)));
    }

    /// <summary>Writes what has changed besides the images of items whose image is unchanged.</summary>
    private async Task RelabelAsync(CancellationToken cancellationToken)
    {
        foreach (var block in _known.Chunk(BlockItems))
        {
            var pairs = await RecordsWithRows.ReadAsync(
                state.Index, [.. block.Select(known => known.Image.Entry.Id)], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < block.Length; i++)
            {
                var image = block[i].Image;
                // One that was removed meanwhile has been changed after us.
                if (pairs[i] is not var (record, row))
                    continue;
                if (record.Picture != image.Hash)
                    throw new SharedCatalogException(
                        $"Item '{record.Id}' of '{state.Index.Name}' was given another image by another process at the same moment. "
                        + "Try again.");
                Add(image, record.Category == image.Entry.Category ? row : state.Pipeline.Relabel(row, image.Entry.Category));
            }
        }
    }

    private void Add(PendingImage<TItem> image, float[] row)
    {
        var record = new SharedRecord
        {
            Id = image.Entry.Id,
            Category = image.Entry.Category,
            Picture = image.Hash,
            Json = image.Json!,
            Attributes = state.Attributes.ValuesOf(image.Entry.Id, image.Json!),
            Row = row,
        };
        var replaced = _kept.TryGetValue(record.Id, out var kept) && kept.Picture != record.Picture
            ? record with { Picture = kept.Picture }
            : null;
        _waiting.Add((record, replaced));
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var block in _waiting.Chunk(BlockItems))
            await state.Index.PutAsync(
                [.. block.Select(pair => pair.Record)], [.. block.Select(pair => pair.Replaced).OfType<SharedRecord>()], cancellationToken)
                .ConfigureAwait(false);
        _waiting.Clear();
    }

    private static UInt128 HashOf(string json) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes<char>(json));

    /// <summary>Holds what the catalog had.</summary>
    private readonly record struct Kept(UInt128 Picture, string? Category, UInt128 Json);
}
