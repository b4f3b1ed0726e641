namespace AiObs.Cost.Budgets;

/// <summary>Says of wrong options of reservations and burn rates what is wrong, where, and what to do.</summary>
internal static class ReservationValidation
{
    private const int MostTokens = 10_000_000;
    private const int MostKeys = 1_000_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Checks the options of reservations.</summary>
    public static void Validate(ReservationOptions options, OptionChecks checks)
    {
        var least = options.DefaultOutputTokens;
        checks.Between(nameof(options.DefaultOutputTokens), least, 0, MostTokens, "Give a number of tokens from 0 to 10,000,000.");
        checks.Between(
            nameof(options.HighestOutputTokens), options.HighestOutputTokens, least, MostTokens, $"Give a number of tokens from DefaultOutputTokens ({least}) to 10,000,000, or null.");
        checks.Between(nameof(options.Lifetime), options.Lifetime, Second, TimeSpan.FromDays(7), "Give a time from a second to 7 days.");
        checks.Count(nameof(options.KeyCapacity), options.KeyCapacity, MostKeys);
        checks.Between(nameof(options.StreamEndTimeout), options.StreamEndTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5), "Give a time from 0 to 5 minutes.");
    }

    /// <summary>Checks the options of burn rates.</summary>
    public static void Validate(BurnRateOptions options, OptionChecks checks)
    {
        var slow = options.SlowWindow;
        checks.Between(nameof(options.SlowWindow), slow, Second, TimeSpan.FromDays(31), "Give a time from a second to 31 days.");
        checks.Between(
            nameof(options.FastWindow), options.FastWindow, Second, slow - TimeSpan.FromTicks(1), $"Give a time from a second up that is shorter than SlowWindow ({slow}).");
        CheckThreshold(nameof(options.FastThreshold), options.FastThreshold, checks);
        CheckThreshold(nameof(options.SlowThreshold), options.SlowThreshold, checks);
    }

    private static void CheckThreshold(string option, double threshold, OptionChecks checks) => checks.Between(
        option, threshold, double.Epsilon, double.MaxValue, "Give a burn rate greater than 0, such as 3 for three times faster than evenly.");
}
