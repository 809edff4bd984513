namespace ImageRec;

public sealed partial class RecommendationEngine<TItem>
{
    /// <summary>The groups of similar products as they are now, members nearest to the centroid first. Computed on every call.</summary>
    public IReadOnlyList<Cluster> Clusters
    {
        get
        {
            var now = Now;
            var members = now.Items.InOrder.ToLookup(record => record.Cluster);
            return [.. Enumerable.Range(0, now.Pipeline.Clustering.ClusterCount).Select(index =>
            {
                var sorted = members[index].OrderBy(record => record.Distance).ToList();
                return new Cluster(index, sorted.ConvertAll(r => r.Id), sorted.Count == 0 ? null : sorted[0].Id, sorted.Sum(r => (double)r.Distance));
            })];
        }
    }
}
