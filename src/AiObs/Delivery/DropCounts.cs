using System.Globalization;

namespace AiObs.Delivery;

/// <summary>How many items were lost, by reason.</summary>
/// <param name="Full">Those that found the queue full.</param>
/// <param name="Refused">Those that the target refused.</param>
/// <param name="Shutdown">Those for which the time at the end was too short.</param>
internal readonly record struct DropCounts(long Full, long Refused, long Shutdown)
{
    public long Total => Full + Refused + Shutdown;

    /// <summary>Says how many were lost, and why.</summary>
    public string Describe() => string.Join(", ", Reasons());

    private IEnumerable<string> Reasons()
    {
        if (Full > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Full} found the queue full");
        }

        if (Refused > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Refused} were refused");
        }

        if (Shutdown > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Shutdown} were left when time was over");
        }
    }
}
