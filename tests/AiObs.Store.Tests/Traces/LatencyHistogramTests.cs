using AiObs.TestSupport;
using FsCheck.Fluent;

namespace AiObs.Store.Tests.Traces;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Middle_OfTheBucketOfAnyDuration_IsWithinOnePercent() => Fuzz.Check(
        Gen.Choose(0, 600).Select(static power => (long)Math.Pow(10, 3 + (power / 100.0)) + power),
        static ticks =>
        {
            var bucket = new LatencyBucket(LatencyBucket.IndexOf(TimeSpan.FromTicks(ticks)), 1, 0);
            Assert.InRange(bucket.Middle.Ticks / (double)ticks, 0.99, 1.01);
            Assert.True(bucket.Start.Ticks <= ticks + 1);
        });

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 35)]
    [InlineData(10_000_000, 813)]
    [InlineData(long.MaxValue, 2_205)]
    public void IndexOf_Ticks_IsThePowerOfTheBase(long ticks, int expected) => Assert.Equal(expected, LatencyBucket.IndexOf(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Middle_LastBucket_IsNoOverflow() => Assert.InRange(new LatencyBucket(2_205, 1, 0).Middle.Ticks, long.MaxValue / 100 * 98, long.MaxValue);

    [Fact]
    public void Percentile_Empty_IsZero() => Assert.Equal(TimeSpan.Zero, LatencyHistogram.Empty.Percentile(0.5));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Percentile_RankThatIsNone_Throws(double rank) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LatencyHistogram.Empty.Percentile(rank));

    [Fact]
    public void Percentile_MiddleBeyondTheLongest_IsTheLongest()
    {
        var duration = TimeSpan.FromTicks((long)Math.Ceiling(Math.Pow(1.02, 900)));
        var histogram = new LatencyHistogram([new(900, 2, 0)], duration);

        Assert.Equal(duration, histogram.Percentile(0.5));
    }

    [Fact]
    public void Add_Other_IsAsIfBothWereOne()
    {
        var left = new LatencyHistogram([new(7, 2, 1), new(3, 1, 0), new(9, 0, 0)], TimeSpan.FromTicks(5));
        var right = new LatencyHistogram([new(8, 1, 1), new(7, 3, 0)], TimeSpan.FromTicks(6));

        var sum = left.Add(right);

        Assert.Equal([new LatencyBucket(3, 1, 0), new LatencyBucket(7, 5, 1), new LatencyBucket(8, 1, 1)], sum.Buckets);
        Assert.Equal((7L, 2L, TimeSpan.FromTicks(6)), (sum.Count, sum.ErrorCount, sum.Max));
    }
}
