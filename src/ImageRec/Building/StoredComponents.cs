using ImageRec.Learning;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>Finds the components that a catalog file was built with.</summary>
internal static class StoredComponents
{
    /// <summary>What <see cref="CatalogFileException.MissingComponent"/> calls an extractor.</summary>
    public const string ExtractorRole = "extractor";

    public static ExtractorChoice Extractor(CatalogFile file, CatalogSettings stored)
    {
        var recipe = ExtractorRecipe.Load(file) ?? throw new CatalogFileException(
            $"'{file.Name}' was built with an extractor of your own, {stored.Extractor}. Give it to the builder with UseExtractor before "
            + "opening.") { MissingComponent = ExtractorRole };
        return recipe.Choice;
    }

    /// <summary>
    /// Returns the chosen way to learn categories, or one of the library's own, of the kind whose name the file holds; null when it holds
    /// none.
    /// </summary>
    public static CategoryChoice? Categories(
        CatalogFile file, CatalogSettings stored, CategoryChoice? chosen, IEnumerable<Func<ICategoryLearner>> others)
    {
        if (stored.Learner == CategoryChoice.None)
            return chosen is null ? null : throw new CatalogFileException(
                $"'{file.Name}' was built without learning categories, not with {chosen.Name}. Open it without LearnCategories.");
        return Match(file, "category learner", stored.Learner, chosen, choice => choice.Name,
            // Made one after another: the last one needs an assembly that a trimmed app may not have.
            [() => new CategoryChoice(new KernelRidgeLearner()), () => new CategoryChoice(new MaxEntropyLearner()),
                .. others.Select(make => new Func<CategoryChoice>(() => new CategoryChoice(make())))]);
    }

    /// <summary>Returns the chosen component, or one of the library's own, of the kind whose name the file holds.</summary>
    public static T Match<T>(
        CatalogFile file, string role, string storedName, T? chosen, Func<T, string> name, ReadOnlySpan<Func<T>> builtIn) where T : class
    {
        if (chosen is not null && Kind(name(chosen)) != Kind(storedName))
            throw new CatalogFileException(
                $"'{file.Name}' was built with the {role} {storedName}, not {name(chosen)}. Open it with the one it was built with.");
        if (chosen is not null)
            return chosen;
        foreach (var make in builtIn)
            if (make() is var candidate && Kind(name(candidate)) == Kind(storedName))
                return candidate;
        var missing = Kind(storedName) == "random-forest"
            ? $"'{file.Name}' was built with the {role} {storedName} of the package ImageRec.ML. Add the package, and give the builder "
                + "LearnCategoriesWithForest or RestoreForests before opening."
            : $"'{file.Name}' was built with a {role} of your own, {storedName}. Give it to the builder before opening.";
        throw new CatalogFileException(missing) { MissingComponent = role };
    }

    /// <summary>
    /// Returns the kind of a component, which decides what loads its state; numbers in brackets are settings of learning only.
    /// </summary>
    private static string Kind(string name) => name.Split('(')[0];
}
