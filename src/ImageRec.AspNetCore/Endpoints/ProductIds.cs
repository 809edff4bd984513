using ImageRec.AspNetCore.Problems;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Ids as they appear in an address. They are looked up and never become a path on a disk.</summary>
internal static class ProductIds
{
    private const string Slash = "%2F";

    /// <summary>The id as given, or with %2F read as a slash when there is no such product: servers do not decode that one.</summary>
    /// <exception cref="Problem">The address ends before an id.</exception>
    public static async ValueTask<string> FromRouteAsync<TItem>(
        VisualCatalog<TItem> catalog, string? id, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(id))
            throw Problem.NoId();
        return id.Contains(Slash, StringComparison.OrdinalIgnoreCase)
            && (await catalog.FindAsync([id], cancellationToken).ConfigureAwait(false)).Count == 0
                ? id.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase)
                : id;
    }
}
