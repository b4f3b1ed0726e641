using System.Globalization;

namespace AiObs.Store.Tests.Faults;

/// <summary>Says how often tests repeat a fault: a few times, or as often as <c>AIOBS_FAULT_ROUNDS</c> says.</summary>
internal static class Repeated
{
    private static readonly int? Given =
        int.TryParse(Environment.GetEnvironmentVariable("AIOBS_FAULT_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : null;

    /// <summary>Gets a value indicating whether somebody wants to know it for certain.</summary>
    public static bool IsLong => Given is not null;

    /// <summary>Returns how often.</summary>
    /// <param name="ordinarily">How often where nobody says.</param>
    /// <param name="most">How often at most, whoever says what.</param>
    public static int Times(int ordinarily, int most = int.MaxValue) => Math.Min(Given ?? ordinarily, most);
}
