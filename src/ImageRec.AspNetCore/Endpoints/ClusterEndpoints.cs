using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore;

/// <summary>Clusters of visually similar products.</summary>
internal sealed class ClusterEndpoints<TItem>(VisualCatalog<TItem> catalog, ProductViews<TItem> views) : IEndpointGroup
{
    private const int Samples = 4;
    private const int Categories = 3;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters", All)
            .WithName("ImageRec.Clusters").WithSummary("The clusters").WithMetadata(new AnswerExample(OpenApiExamples.Clusters))
            .WithDescription("Visually similar products, largest cluster first, each with medoid, samples and most frequent categories.")
            .ProducesProblems(400, 503);
        routes.MapGet("/clusters/{index}", Members)
            .WithName("ImageRec.Cluster").WithSummary("The products of a cluster").WithMetadata(new AnswerExample(OpenApiExamples.Page))
            .WithDescription("Nearest to the centroid first, in pages.")
            .WithMetadata(new PathParameter("index", "integer", "0-based index of the cluster.", "7"))
            .WithPageParameters()
            .ProducesProblems(400, 404, 503);
    }

    private Ok<ClusterView[]> All(HttpContext http)
    {
        var shown = new List<ClusterView>();
        foreach (var cluster in catalog.RequireEngine().Clusters().Where(c => c.Size > 0).OrderByDescending(c => c.Size).ThenBy(c => c.Index))
        {
            var members = Listed(cluster.MemberIds);
            if (members.Count == 0)
                continue;
            shown.Add(new(
                cluster.Index, members.Count, views.View(http, members[0]),
                [.. members.Skip(1).Take(Samples).Select(item => views.View(http, item))],
                [.. FacetCounter<TItem>.Values(members.Select(catalog.Reader.Category)).Take(Categories)]));
        }
        return TypedResults.Ok(shown.ToArray());
    }

    private Ok<ProductPage> Members(HttpContext http, string index)
    {
        var (page, size) = RecommendQuery.Page(http.Request.Query, catalog.Options.Limits);
        var clusters = catalog.RequireEngine().Clusters();
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= clusters.Count)
            throw Problem.NoSuchCluster(index, clusters.Count);
        return TypedResults.Ok(views.Page(http, Listed(clusters[number].MemberIds), page, size));
    }

    private List<TItem> Listed(IEnumerable<string> ids)
    {
        var items = new List<TItem>();
        foreach (var id in ids)
        {
            if (catalog.Shelf.TryGet(id, out var item))
                items.Add(item);
        }
        return items;
    }
}
