using System.Globalization;
using AiObs.Cost.Tables;

namespace AiObs.Cost.Tests.Tables;

public sealed class PriceConditionTests
{
    [Theory]
    [InlineData("2026-03-12T23:59:59.999Z", false)]
    [InlineData("2026-03-13T00:00:00Z", true)]
    [InlineData("2026-03-13T00:30:00+01:00", false)]
    [InlineData("2026-03-12T23:30:00-01:00", true)]
    public void Holds_FromADay_StartsAtMidnightUtc(string time, bool holds) =>
        Assert.Equal(holds, new PriceCondition { From = new(2026, 3, 13) }.Holds(At(time)));

    [Theory]
    [InlineData("2026-09-20T00:29:59.999Z", false)]
    [InlineData("2026-09-20T00:30:00Z", true)]
    [InlineData("2026-09-20T16:29:59.999Z", true)]
    [InlineData("2026-09-20T16:30:00Z", false)]
    [InlineData("2026-09-20T02:30:00+02:00", true)]
    public void Holds_TimeOfDay_IncludesItsStartOnly(string time, bool holds) =>
        Assert.Equal(holds, new PriceCondition { DailyStart = new(0, 30), DailyEnd = new(16, 30) }.Holds(At(time)));

    [Theory]
    [InlineData("2026-09-20T15:59:59Z", false)]
    [InlineData("2026-09-20T16:00:00Z", true)]
    [InlineData("2026-09-20T00:00:00Z", true)]
    [InlineData("2026-09-20T04:00:00Z", false)]
    public void Holds_TimeOfDayOverMidnight_CoversBothSides(string time, bool holds) =>
        Assert.Equal(holds, new PriceCondition { DailyStart = new(16, 0), DailyEnd = new(4, 0) }.Holds(At(time)));

    [Fact]
    public void Holds_NoCondition_Always() => Assert.True(default(PriceCondition).Holds(DateTimeOffset.MinValue));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
