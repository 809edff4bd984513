using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore;

/// <summary>Groups of visually similar products.</summary>
internal sealed class ClusterEndpoints<TItem>(VisualCatalog<TItem> catalog, ProductViews<TItem> views) : IEndpointGroup
{
    private const int Samples = 4;
    private const int Categories = 3;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters", All)
            .WithName("ImageRec.Clusters").WithSummary("The groups, largest first")
            .ProducesProblems(503);
        routes.MapGet("/clusters/{index:int}", Members)
            .WithName("ImageRec.Cluster").WithSummary("One group's products, nearest to its middle first")
            .WithPageParameters()
            .ProducesProblems(400, 404, 503);
    }

    private Ok<IReadOnlyList<ClusterView>> All(HttpContext http)
    {
        var shown = new List<ClusterView>();
        foreach (var cluster in Clusters().Where(c => c.Size > 0).OrderByDescending(c => c.Size).ThenBy(c => c.Index))
        {
            var members = cluster.MemberIds.Select(Find).OfType<Found>().ToList();
            if (members.Count == 0)
                continue;
            shown.Add(new(
                cluster.Index, members.Count, views.View(http, members[0].Item),
                [.. members.Skip(1).Take(Samples).Select(m => views.View(http, m.Item))],
                [.. FacetCounter<TItem>.Values(members.Select(m => catalog.Reader.Category(m.Item))).Take(Categories)]));
        }
        return TypedResults.Ok<IReadOnlyList<ClusterView>>(shown);
    }

    private Ok<ProductPage> Members(HttpContext http, int index)
    {
        var size = RecommendQuery.Integer(http.Request.Query, QueryNames.PageSize, 24, 1, catalog.Options.Limits.MaxCount);
        var page = RecommendQuery.Integer(http.Request.Query, QueryNames.Page, 1, 1, int.MaxValue);
        var clusters = Clusters();
        if (index < 0 || index >= clusters.Count)
            throw Problem.NoSuchCluster(index, clusters.Count);
        var members = clusters[index].MemberIds.Select(Find).OfType<Found>().ToList();
        var shown = (long)(page - 1) * size < members.Count ? members.Skip((page - 1) * size).Take(size) : [];
        return TypedResults.Ok(new ProductPage([.. shown.Select(m => views.View(http, m.Item))], page, size, members.Count));
    }

    private IReadOnlyList<Cluster> Clusters() => (catalog.Engine ?? throw Problem.NotReady(catalog.Status)).Clusters();

    private Found? Find(string id) => catalog.Shelf.TryGet(id, out var item) ? new(item) : null;

    private sealed record Found(TItem Item);
}
