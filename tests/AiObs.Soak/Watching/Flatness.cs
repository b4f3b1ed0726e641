using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Watching;

/// <summary>Holds what the process keeps in the second half of the soak against bounds. Caches fill in the first half.</summary>
internal static class Flatness
{
    public const int HeapBytesPerRun = 64;
    public const int HeapSlack = 2 * 1024 * 1024;
    public const int WorkingSetBytesPerRun = 512;
    public const int WorkingSetSlack = 48 * 1024 * 1024;
    public const int HandleSlack = 32;
    public const int ThreadSlack = 16;

    private const int FewestReadings = 4;

    public static IEnumerable<Check> Of(IReadOnlyList<Reading> readings)
    {
        var half = readings.Skip(readings.Count / 2).ToList();
        if (half.Count < FewestReadings)
        {
            return [Check.AtLeast("readings in the second half", FewestReadings, half.Count)];
        }

        var runs = half[^1].Runs - half[0].Runs;

        return
        [
            Bound("bytes on the heap", half, HeapSlack + (runs * HeapBytesPerRun), static reading => reading.HeapBytes),
            Bound("bytes of working set", half, WorkingSetSlack + (runs * WorkingSetBytesPerRun), static reading => reading.WorkingSetBytes),
            Bound("handles", half, HandleSlack, static reading => reading.Handles),
            Bound("threads", half, ThreadSlack, static reading => reading.Threads),
        ];
    }

    private static Check Bound(string what, List<Reading> half, long most, Func<Reading, double> value)
    {
        var growth = SlopeOf(half, value) * (half[^1].Runs - half[0].Runs);

        return Check.AtMost($"growth over the second half, {what}", most, Math.Round((decimal)growth, 1));
    }

    /// <summary>Returns the slope of the line that fits best, per run, so that a single reading does not decide.</summary>
    private static double SlopeOf(List<Reading> readings, Func<Reading, double> value)
    {
        var meanRuns = readings.Average(static reading => reading.Runs);
        var meanValue = readings.Average(value);
        var spread = readings.Sum(reading => Math.Pow(reading.Runs - meanRuns, 2));

        return spread == 0 ? 0 : readings.Sum(reading => (reading.Runs - meanRuns) * (value(reading) - meanValue)) / spread;
    }
}
