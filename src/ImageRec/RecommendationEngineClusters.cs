namespace ImageRec;

public sealed partial class RecommendationEngine<TItem>
{
    /// <summary>Gets the groups of similar items as they are now, members nearest to the centroid first.</summary>
    /// <param name="cancellationToken">Stops the sorting.</param>
    public Task<IReadOnlyList<Cluster>> GetClustersAsync(CancellationToken cancellationToken = default)
    {
        _uses.Require();
        return Task.Run(() => Clusters(cancellationToken), cancellationToken);
    }

    internal IReadOnlyList<Cluster> Clusters(CancellationToken cancellationToken = default)
    {
        var now = Now;
        var members = now.Items.InOrder.ToLookup(record => record.Cluster);
        return [.. Enumerable.Range(0, now.Pipeline.Clustering.ClusterCount).Select(index =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sorted = members[index].OrderBy(record => record.Distance).ToList();
            return new Cluster(index, sorted.ConvertAll(record => record.Id), sorted.Sum(record => (double)record.Distance));
        })];
    }
}
