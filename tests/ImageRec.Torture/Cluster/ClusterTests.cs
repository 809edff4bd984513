namespace ImageRec.Torture.Cluster;

public sealed class ClusterTests
{
    [Fact]
    public Task Cluster_WorkerPrimaryAndFrontEndKilled_KeepsWhatWasAcknowledged() => ShortRun.PassesAsync(new ClusterMachine(), 120);
}
