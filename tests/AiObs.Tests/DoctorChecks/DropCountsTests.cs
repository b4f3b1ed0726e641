using AiObs.Delivery;

namespace AiObs.Tests.DoctorChecks;

public sealed class DropCountsTests
{
    [Theory]
    [InlineData(1, 2, 3, "1 found the queue full, 2 were refused, 3 were left when time was over")]
    [InlineData(0, 2, 0, "2 were refused")]
    [InlineData(0, 0, 0, "")]
    public void Describe_ByReason_LeavesOutWhatDidNotHappen(long full, long refused, long shutdown, string expected)
    {
        var drops = new DropCounts(full, refused, shutdown);

        Assert.Equal(expected, drops.Describe());
        Assert.Equal(full + refused + shutdown, drops.Total);
    }
}
