using System.Globalization;
using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Filters;
using ImageRec.AspNetCore.OpenApi;
using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Clusters of visually similar products.</summary>
internal sealed class ClusterEndpoints<TItem>(VisualCatalog<TItem> catalog, ProductViews<TItem> views) : IEndpointGroup
{
    private const int Samples = 4;
    private const int Categories = 3;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters", (Delegate)AllAsync)
            .WithName("ImageRec.Clusters").WithSummary("The clusters").WithMetadata(new AnswerExample(OpenApiExamples.Clusters))
            .WithDescription("Visually similar products, largest cluster first, each with medoid, samples and most frequent categories.")
            .ProducesProblems(400, 501, 503);
        routes.MapGet("/clusters/{index}", (Delegate)MembersAsync)
            .WithName("ImageRec.Cluster").WithSummary("The products of a cluster").WithMetadata(new AnswerExample(OpenApiExamples.Page))
            .WithDescription("Nearest to the centroid first, in pages.")
            .WithMetadata(new PathParameter("index", "integer", "0-based index of the cluster.", "7"))
            .WithPageParameters()
            .ProducesProblems(400, 404, 501, 503);
    }

    private async Task<Ok<ClusterView[]>> AllAsync(HttpContext http)
    {
        var clusters = await ClustersAsync(http).ConfigureAwait(false);
        var shown = new List<ClusterView>();
        foreach (var cluster in clusters.Where(c => c.Size > 0).OrderByDescending(c => c.Size).ThenBy(c => c.Index))
        {
            var members = await FindAsync(http, cluster.MemberIds).ConfigureAwait(false);
            if (members.Count == 0)
                continue;
            shown.Add(new(
                cluster.Index, members.Count, views.View(http, members[0]),
                [.. members.Skip(1).Take(Samples).Select(item => views.View(http, item))],
                [.. FacetCounter<TItem>.Values(members.Select(catalog.Reader.Category)).Take(Categories)]));
        }
        return TypedResults.Ok(shown.ToArray());
    }

    private async Task<Ok<ProductPage>> MembersAsync(HttpContext http, string index)
    {
        var (page, size) = RecommendQuery.Page(http.Request.Query, catalog.Options.Limits);
        var clusters = await ClustersAsync(http).ConfigureAwait(false);
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= clusters.Count)
            throw Problem.NoSuchCluster(index, clusters.Count);
        var members = await FindAsync(http, clusters[number].MemberIds).ConfigureAwait(false);
        return TypedResults.Ok(views.Page(http, members, page, size));
    }

    private Task<IReadOnlyList<Cluster>> ClustersAsync(HttpContext http) => catalog.RequireEngine() is RecommendationEngine<TItem> engine
        ? engine.GetClustersAsync(http.RequestAborted)
        : throw Problem.NoClusters();

    private async Task<List<TItem>> FindAsync(HttpContext http, IReadOnlyList<string> ids)
    {
        var found = await catalog.FindAsync(ids, http.RequestAborted).ConfigureAwait(false);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }
}
