using static System.FormattableString;

namespace ImageRec.AspNetCore.Problems;

/// <content>Problems of the catalog and its products.</content>
internal sealed partial class Problem
{
    private const string NotAvailable = "Recommendations are not available";

    public static Problem NotReady(IndexingStatus status) => status.State switch
    {
        IndexingState.Failed => new(503, "not-ready", NotAvailable, status.Message ?? "Indexing failed."),
        IndexingState.Starting => new(503, "not-ready", "The catalog is being opened", "The catalog is being opened. Try again soon.", 5),
        _ => new(503, "not-ready", "The first index is being built",
            Invariant($"The first index is being built: {status.Done:N0} of {status.Total:N0} products are done. Try again soon."), 5),
    };

    public static Problem Ending() => new(503, "not-ready", NotAvailable, "The app is shutting down. Try again in a moment.", 5);

    public static Problem StoreAway() => new(
        503, "store-away", NotAvailable, "The store that holds this catalog does not answer. Try again in a moment.", 5);

    public static Problem NoSuchProduct(string id) =>
        new(404, "no-such-product", "No such product", $"There is no product '{Short(id)}' in this catalog.");

    public static Problem NotIndexed(string id) => new(409, "not-indexed", "This product is not indexed",
        $"'{Short(id)}' is listed but not indexed: either it is waiting for its turn, or its picture cannot be read.");

    public static Problem NoSuchCluster(string index, int count) => new(404, "no-such-cluster", "No such cluster",
        Invariant($"There is no cluster '{Short(index)}'; this catalog has {count}, numbered from 0."));

    public static Problem NotListed() => new(501, "not-listed", "This catalog does not list its products",
        "The products are in an engine of the app's own. They can be recommended and looked up by id; "
        + "pages and facets need the option Products.");

    public static Problem NoClusters() => new(501, "no-clusters", "This catalog has no clusters",
        "Clusters are offered when the engine is a RecommendationEngine in this app; this catalog's is another.");

    public static Problem NoClassifier() => new(501, "no-classifier", "This catalog has not learned categories",
        "Pictures can be classified when the catalog is built with LearnCategories() and its products have categories.");

    public static Problem ManagingIsOff() => new(403, "managing-is-off", "Changes are switched off",
        "This app allows nobody to change its catalog over HTTP. Its developer can allow it by setting ManagePolicy.");

    public static Problem NotAllowed(bool knownUser) => knownUser
        ? new(403, "not-allowed", "This is not allowed", "You may not change this catalog.")
        : new(401, "not-allowed", "Sign in first", "Sign in as somebody who may change this catalog.");

    public static Problem StoreFailed(string id, string done) => new(500, "store-failed", "The product could not be stored",
        $"The app's own store failed, so the product '{Short(id)}' was not {done}. Nothing has changed.");

    /// <param name="id">The product.</param>
    /// <param name="done">What the app's store has done with it; null when nothing has changed.</param>
    /// <param name="isBusy">Whether another process changes the catalog file, so that it is worth trying again.</param>
    public static Problem IndexFailed(string id, string? done, bool isBusy)
    {
        var detail = done is null
            ? $"The index could not be changed for the product '{Short(id)}'. Nothing has changed."
            : $"The app has {done} the product '{Short(id)}', but the index could not be changed. Reindexing will repair that.";
        return isBusy
            ? new(503, "index-busy", "The index cannot be changed now", detail, 10)
            : new(500, "index-failed", "The index could not be changed", detail);
    }
}
