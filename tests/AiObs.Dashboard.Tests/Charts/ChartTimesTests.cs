using AiObs.Dashboard.Charts;

namespace AiObs.Dashboard.Tests.Charts;

public sealed class ChartTimesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "5 minutes")]
    [InlineData(2, "5 minutes")]
    [InlineData(24, "hour")]
    [InlineData(72, "hour")]
    [InlineData(73, "day")]
    [InlineData(24 * 92, "day")]
    [InlineData(24 * 93, "week")]
    [InlineData(24 * 7 * 60, "week")]
    [InlineData((24 * 7 * 60) + 1, "2 weeks")]
    public void ForCosts_GrowsWithTheTime(int hours, string name) => Assert.Equal(name, ChartTimes.Name(ChartTimes.ForCosts(TimeSpan.FromHours(hours))));

    [Theory]
    [InlineData(1, "hour")]
    [InlineData(72, "hour")]
    [InlineData(73, "6 hours")]
    [InlineData(24 * 14, "6 hours")]
    [InlineData((24 * 14) + 1, "day")]
    [InlineData(24 * 93, "week")]
    public void ForLatencies_IsWholeHours(int hours, string name) => Assert.Equal(name, ChartTimes.Name(ChartTimes.ForLatencies(TimeSpan.FromHours(hours))));

    [Fact]
    public void Between_HasThePartsOfBothTimesAndThoseBetween()
    {
        Assert.Equal([Noon.AddHours(-1), Noon, Noon.AddHours(1)], ChartTimes.Between(Noon.AddMinutes(-1), Noon.AddMinutes(61), TimeSpan.FromHours(1)));
        Assert.Equal([Noon], ChartTimes.Between(Noon, Noon, TimeSpan.FromHours(1)));
        Assert.Empty(ChartTimes.Between(Noon, Noon.AddHours(-2), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Between_AllOfTime_IsFewParts()
    {
        var interval = ChartTimes.ForCosts(DateTimeOffset.MaxValue - DateTimeOffset.MinValue);

        Assert.InRange(ChartTimes.Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, interval).Count, 50, 61);
    }

    [Theory]
    [InlineData(60, "12:00", "2026-01-31 12:00")]
    [InlineData(360, "01-31 12:00", "2026-01-31 12:00")]
    [InlineData(1440, "01-31", "2026-01-31")]
    public void Names_SayAsMuchAsThePartsNeed(int minutes, string below, string whole)
    {
        Assert.Equal(below, ChartTimes.Short(Noon, TimeSpan.FromMinutes(minutes)));
        Assert.Equal(whole, ChartTimes.Long(Noon, TimeSpan.FromMinutes(minutes)));
    }

    [Fact]
    public void Short_Midnight_IsTheDay() => Assert.Equal("01-31", ChartTimes.Short(Noon.AddHours(-12), TimeSpan.FromHours(1)));
}
