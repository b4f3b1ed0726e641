using AiObs.Store.Sql.Traces;

namespace AiObs.Store.Tests.Sql.Traces;

public sealed class BucketBytesTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        LatencyBucket[] buckets = [new(0, 1, 0), new(1, 127, 1), new(300, 128, 128), new(2_205, long.MaxValue - 300, 0)];

        Assert.Equal(buckets, BucketBytes.Read(BucketBytes.Write(new(buckets, TimeSpan.Zero))));
        Assert.Empty(BucketBytes.Read(BucketBytes.Write(LatencyHistogram.Empty)));
    }

    [Fact]
    public void Write_OrdinaryBucket_TakesThreeBytes() =>
        Assert.Equal([5, 2, 1, 1, 9, 0], BucketBytes.Write(new([new(5, 2, 1), new(6, 9, 0)], TimeSpan.Zero)));

    [Theory]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 1, 2 })]
    [InlineData(new byte[] { 1, 2, 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 1 })]
    public void Read_WhatIsNone_IsRefused(byte[] bytes) => Assert.Throws<FormatException>(() => BucketBytes.Read(bytes));

    [Fact]
    public void Read_IndexBeyondAllDurations_IsRefused() =>
        Assert.Throws<OverflowException>(() => BucketBytes.Read([0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 1]));
}
