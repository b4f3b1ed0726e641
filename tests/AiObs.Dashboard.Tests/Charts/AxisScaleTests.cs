using AiObs.Dashboard.Charts;

namespace AiObs.Dashboard.Tests.Charts;

public sealed class AxisScaleTests
{
    [Theory]
    [InlineData(4, new[] { 0.0, 1, 2, 3, 4 })]
    [InlineData(4.1, new[] { 0.0, 2, 4, 6 })]
    [InlineData(0.3, new[] { 0.0, 0.1, 0.2, 0.3 })]
    [InlineData(1, new[] { 0.0, 0.25, 0.5, 0.75, 1 })]
    [InlineData(19, new[] { 0.0, 5, 10, 15, 20 })]
    [InlineData(36, new[] { 0.0, 10, 20, 30, 40 })]
    [InlineData(0.000001, new[] { 0.0, 0.00000025, 0.0000005, 0.00000075, 0.000001 })]
    [InlineData(7e15, new[] { 0.0, 2e15, 4e15, 6e15, 8e15 })]
    public void To_AGreatestValue_HasRoundTicksUpToIt(double greatest, double[] ticks)
    {
        var scale = AxisScale.To(greatest);

        Assert.Equal(ticks.Length, scale.Ticks.Count);
        Assert.All(ticks.Zip(scale.Ticks), static pair => Assert.Equal(pair.First, pair.Second, tolerance: pair.First * 1e-12));
        Assert.Equal(ticks[^1], scale.Top, tolerance: ticks[^1] * 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void To_NothingToShow_HasZeroAlone(double greatest) => Assert.Equal([0.0], AxisScale.To(greatest).Ticks);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 0.25)]
    [InlineData(9, 1)]
    public void PartOf_LiesOnTheAxis(double value, double part) => Assert.Equal(part, AxisScale.To(4).PartOf(value));
}
