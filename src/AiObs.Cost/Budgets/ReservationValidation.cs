namespace AiObs.Cost.Budgets;

/// <summary>Says of wrong options of reservations and burn rates what is wrong, where, and what to do.</summary>
internal static class ReservationValidation
{
    private const int MostTokens = 10_000_000;
    private const int MostKeys = 1_000_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Adds what is wrong with the options of reservations.</summary>
    /// <param name="options">The options.</param>
    /// <param name="section">The configuration section that they stand in, such as <c>AgentObservability:Costs:Reservations</c>.</param>
    /// <param name="failures">Where to add it.</param>
    public static void Validate(ReservationOptions options, string section, ICollection<string> failures)
    {
        if (options.DefaultOutputTokens is < 0 or > MostTokens)
        {
            failures.Add($"{section}:DefaultOutputTokens is {options.DefaultOutputTokens}. Give a number of tokens from 0 to 10,000,000.");
        }

        if (options.HighestOutputTokens is { } highest && (highest < options.DefaultOutputTokens || highest > MostTokens))
        {
            failures.Add($"{section}:HighestOutputTokens is {highest}. Give a number of tokens from DefaultOutputTokens ({options.DefaultOutputTokens}) to 10,000,000, or null.");
        }

        if (IsOutside(options.Lifetime, Second, TimeSpan.FromDays(7)))
        {
            failures.Add($"{section}:Lifetime is {options.Lifetime}. Give a time from a second to 7 days.");
        }

        if (options.KeyCapacity is < 1 or > MostKeys)
        {
            failures.Add($"{section}:KeyCapacity is {options.KeyCapacity}. Give a number from 1 to 1,000,000.");
        }

        if (IsOutside(options.StreamEndTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5)))
        {
            failures.Add($"{section}:StreamEndTimeout is {options.StreamEndTimeout}. Give a time from 0 to 5 minutes.");
        }
    }

    /// <summary>Adds what is wrong with the options of burn rates.</summary>
    /// <param name="options">The options.</param>
    /// <param name="section">The configuration section that they stand in, such as <c>AgentObservability:Costs:BurnRate</c>.</param>
    /// <param name="failures">Where to add it.</param>
    public static void Validate(BurnRateOptions options, string section, ICollection<string> failures)
    {
        var longest = TimeSpan.FromDays(31);
        if (IsOutside(options.SlowWindow, Second, longest))
        {
            failures.Add($"{section}:SlowWindow is {options.SlowWindow}. Give a time from a second to 31 days.");
        }

        if (IsOutside(options.FastWindow, Second, longest) || options.FastWindow >= options.SlowWindow)
        {
            failures.Add($"{section}:FastWindow is {options.FastWindow}. Give a time from a second up that is shorter than SlowWindow ({options.SlowWindow}).");
        }

        AddThreshold(options.FastThreshold, $"{section}:FastThreshold", failures);
        AddThreshold(options.SlowThreshold, $"{section}:SlowThreshold", failures);
    }

    private static void AddThreshold(double threshold, string at, ICollection<string> failures)
    {
        if (!(threshold > 0) || double.IsInfinity(threshold))
        {
            failures.Add(FormattableString.Invariant($"{at} is {threshold}. Give a burn rate greater than 0, such as 3 for three times faster than evenly."));
        }
    }

    private static bool IsOutside(TimeSpan time, TimeSpan least, TimeSpan most) => time < least || time > most;
}
