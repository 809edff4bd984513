using ImageRec.Evaluation;

namespace ImageRec;

/// <summary>Hands a catalogue's rows to Python.</summary>
public static class NumpyExport
{
    /// <summary>
    /// Writes <c>rows.npy</c> (n x d single-precision numbers, L2-normalised), <c>ids.npy</c> and <c>categories.npy</c> (n texts each, an unknown category empty), in
    /// catalogue order, to be read by <c>numpy.load</c>.
    /// </summary>
    /// <typeparam name="TItem">The catalogue's own type.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="folder">Made when it is not there; files of these names are replaced.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task ExportNumpyAsync<TItem>(this RecommendationEngine<TItem> engine, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        var items = engine.Records();
        var rows = File.Create(Path.Combine(folder, "rows.npy"));
        await using (rows.ConfigureAwait(false))
        {
            NumpyFile.WriteHeader(rows, items.Count, engine.Dimensions);
            var row = new float[engine.Dimensions];
            foreach (var item in items)
            {
                if (!await engine.Recommender.TryGetRowAsync(item.Key, row, cancellationToken).ConfigureAwait(false))
                    row.AsSpan().Clear();
                NumpyFile.WriteRow(rows, row);
            }
        }
        var ids = File.Create(Path.Combine(folder, "ids.npy"));
        await using (ids.ConfigureAwait(false))
            NumpyFile.WriteTexts(ids, [.. items.Select(i => i.Id)]);
        var categories = File.Create(Path.Combine(folder, "categories.npy"));
        await using (categories.ConfigureAwait(false))
            NumpyFile.WriteTexts(categories, [.. items.Select(i => i.Category ?? "")]);
    }
}
