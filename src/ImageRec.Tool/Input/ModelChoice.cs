namespace ImageRec.Tool.Input;

/// <summary>From <c>--model</c>, <c>--preset</c> and <c>--tensor</c> to a network.</summary>
internal static class ModelChoice
{
    /// <returns>Null for the network inside the package.</returns>
    /// <exception cref="UsageException">The options do not go together, or there is no such preset.</exception>
    public static OnnxModel? Find(string? model, string? preset, string? tensor, Action<string> note)
    {
        if (model is null)
        {
            if (preset is not null || tensor is not null)
                throw new UsageException(
                    $"{(preset is not null ? "--preset" : "--tensor")} says how to use a network of yours: name its file with --model.");
            return null;
        }
        if (!File.Exists(model))
            throw new CatalogException($"There is no network '{model}'{PathHint.For(model)}. --model takes an ONNX file.");
        preset ??= Guess(model, note);
        if (!OnnxModel.PresetNames.Contains(preset, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"There is no preset '{preset}'. There are: {string.Join(", ", OnnxModel.PresetNames)}.");
        return OnnxModel.FromPreset(preset, model, tensor);
    }

    /// <summary>
    /// A preset is guessed only when the file's name says all of it: two presets of one network differ in preprocessing, and the wrong
    /// one gives poor answers without any error.
    /// </summary>
    private static string Guess(string model, Action<string> note)
    {
        var name = Path.GetFileNameWithoutExtension(model).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        var guesses = OnnxModel.PresetNames
            .Where(preset => preset.Split('-').All(part => name.Contains(part, StringComparison.Ordinal))).ToList();
        if (guesses.Count == 1)
        {
            note($"Preset {guesses[0]}, from the name of the network's file; --preset sets another.");
            return guesses[0];
        }
        var near = OnnxModel.PresetNames.Where(preset => name.Contains(preset.Split('-')[0], StringComparison.Ordinal)).ToList();
        throw new UsageException(
            $"How does '{model}' want its pictures? Its name does not say. "
            + $"Add --preset with one of: {string.Join(", ", near.Count > 0 ? near : OnnxModel.PresetNames)}.");
    }
}
