namespace ImageRec.Evaluation.Exports;

/// <summary>Writes a catalog's rows, ids and categories for NumPy.</summary>
internal static class NumpyExport
{
    public static async Task WriteAsync<TItem>(RecommendationEngine<TItem> engine, string folder, CancellationToken cancellationToken)
    {
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
        WriteTexts(Path.Combine(folder, "ids.npy"), [.. items.Select(i => i.Id)]);
        WriteTexts(Path.Combine(folder, "categories.npy"), [.. items.Select(i => i.Category ?? "")]);
    }

    private static void WriteTexts(string file, string[] texts)
    {
        using var stream = File.Create(file);
        NumpyFile.WriteTexts(stream, texts);
    }
}
