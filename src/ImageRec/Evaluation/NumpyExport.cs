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
        await using (var rows = File.Create(Path.Combine(folder, "rows.npy")))
        {
            NumpyFile.WriteHeader(rows, items.Count, engine.Dimensions);
            var row = new float[engine.Dimensions];
            foreach (var item in items)
            {
                if (!await engine.Recommender.TryGetRowAsync(item.Key, row, cancellationToken))
                    row.AsSpan().Clear();
                NumpyFile.WriteRow(rows, row);
            }
        }
        await using (var ids = File.Create(Path.Combine(folder, "ids.npy")))
            NumpyFile.WriteTexts(ids, [.. items.Select(i => i.Id)]);
        await using (var categories = File.Create(Path.Combine(folder, "categories.npy")))
            NumpyFile.WriteTexts(categories, [.. items.Select(i => i.Category ?? "")]);
    }
}
