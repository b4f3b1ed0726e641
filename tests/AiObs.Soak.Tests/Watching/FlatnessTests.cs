using AiObs.Soak.Watching;

namespace AiObs.Soak.Tests.Watching;

public sealed class FlatnessTests
{
    private const int RunsPerReading = 5_000;

    [Fact]
    public void Of_FlatSecondHalf_IsMetHoweverTheFirstGrew() =>
        Assert.Empty(NotMet(index => new Reading(0, index < 8 ? index * 10_000_000 : 80_000_000, 200_000_000, index < 8 ? index * 20 : 160, 20)));

    [Fact]
    public void Of_Noise_IsMet() =>
        Assert.Empty(NotMet(static index => new Reading(0, 80_000_000 + (index % 2 * 200_000), 200_000_000, 100 + (index % 3 * 10), 20 + (index % 2 * 4))));

    [Fact]
    public void Of_HundredAndTwentyBytesKeptOfEachRun_IsNotMet() => Assert.Equal(
        ["growth over the second half, bytes on the heap"],
        NotMet(static index => new Reading(0, 80_000_000 + (index * 120L * RunsPerReading), 200_000_000, 100, 20)));

    [Fact]
    public void Of_HandleKeptOfEveryThousandthRun_IsNotMet() => Assert.Equal(
        ["growth over the second half, handles"],
        NotMet(static index => new Reading(0, 80_000_000, 200_000_000, 100 + (index * 5), 20)));

    [Fact]
    public void Of_ThreadKeptOfEachLeg_IsNotMet() => Assert.Equal(
        ["growth over the second half, threads"],
        NotMet(static index => new Reading(0, 80_000_000, 200_000_000, 100, 20 + (index * 2))));

    [Fact]
    public void Of_TooFewReadings_IsNotMet() => Assert.False(Assert.Single(Flatness.Of([new Reading(1, 1, 1, 1, 1)])).IsMet);

    private static List<string> NotMet(Func<int, Reading> reading)
    {
        var readings = Enumerable.Range(0, 20).Select(index => reading(index) with { Runs = (index + 1) * RunsPerReading }).ToList();

        return [.. Flatness.Of(readings).Where(static check => !check.IsMet).Select(static check => check.What)];
    }
}
