namespace AiObs.Store;

/// <summary>Durations that lie close together.</summary>
/// <param name="Index">Which: the bucket of index i holds durations from 1.02 to the power of i ticks, inclusive, to 1.02 to the power of i + 1.</param>
/// <param name="Count">How many durations it holds.</param>
/// <param name="ErrorCount">How many of them are of spans that failed.</param>
public readonly record struct LatencyBucket(int Index, long Count, long ErrorCount)
{
    /// <summary>By how much the end of a bucket is greater than its start: 1.02.</summary>
    public const double Base = 1.02;

    private static readonly double LogOfBase = Math.Log(Base);

    /// <summary>Gets where it starts.</summary>
    public TimeSpan Start => TimeSpan.FromTicks(Ticks(Math.Pow(Base, Index)));

    /// <summary>Gets the duration that stands for those in it: at most 1 % away from each.</summary>
    public TimeSpan Middle
    {
        get
        {
            // The harmonic mean is as far, relatively, from both ends.
            var start = Math.Pow(Base, Index);
            return TimeSpan.FromTicks(Ticks(2 * start * Base / (1 + Base)));
        }
    }

    /// <summary>Returns the bucket that a duration falls into; anything shorter than two ticks falls into the first.</summary>
    /// <param name="duration">The duration.</param>
    /// <returns>Its index, between 0 and 2,205.</returns>
    public static int IndexOf(TimeSpan duration) => duration.Ticks <= 1 ? 0 : (int)(Math.Log(duration.Ticks) / LogOfBase);

    private static long Ticks(double ticks) => ticks >= long.MaxValue ? long.MaxValue : (long)Math.Round(ticks);
}
