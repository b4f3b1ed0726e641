using AiObs.Operations;
using AiObs.TestSupport;

namespace AiObs.Tests.Operations;

public sealed class OperationIdsTests
{
    private readonly TestClock _clock = new();
    private readonly OperationIds _ids = new();

    [Fact]
    public void NextId_Any_IsAUuidOfVersion7AtTheTime()
    {
        var id = _ids.NextId(_clock);

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal($"{_clock.GetUtcNow().ToUnixTimeMilliseconds():x12}", id.ToString("N")[..12]);
    }

    [Fact]
    public void NextId_ManyInOneMillisecond_SortInOrder()
    {
        string[] ids = [.. Enumerable.Range(0, 10_000).Select(_ => _ids.NextId(_clock).ToString())];

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void NextId_OfSeveralThreads_IsUnique()
    {
        var ids = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
            .SelectMany(_ => Enumerable.Range(0, 10_000).Select(_ => _ids.NextId(_clock)).ToArray());

        Assert.Equal(80_000, ids.Distinct().Count());
    }

    [Fact]
    public void NextId_OfAnotherInstance_Differs()
    {
        Assert.NotEqual(_ids.NextId(_clock).ToString()[^9..], new OperationIds().NextId(_clock).ToString()[^9..]);
    }

    [Fact]
    public void NextId_Made_AllocatesNothing() =>
        Assert.Equal(0, AllocationMeter.BytesPerRun(() => { _ids.NextId(DateTimeOffset.UnixEpoch); }));
}
