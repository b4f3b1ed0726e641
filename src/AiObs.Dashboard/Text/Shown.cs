using System.Globalization;
using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.Dashboard.Text;

/// <summary>Writes values as people read them, the same on all machines.</summary>
internal static class Shown
{
    /// <summary>What stands in the place of an amount that is not known. It is never shown as zero.</summary>
    public const string Unpriced = "unpriced";

    private const decimal Cent = 0.01m;

    /// <summary>Writes an amount, with enough digits to tell small ones apart.</summary>
    public static string Money(decimal amount)
    {
        var size = Math.Abs(amount);
        var digits = size switch
        {
            >= 100 => "N2",
            >= Cent or 0 => "N4",
            >= 0.0001m => "N6",
            _ => "0.############",
        };
        return (amount < 0 ? "-$" : "$") + size.ToString(digits, CultureInfo.InvariantCulture);
    }

    /// <summary>Writes what calls cost: what is known of it, and how many have no price.</summary>
    public static string Money(CostSum? sum) => sum switch
    {
        null => "",
        { CallCount: > 0 } when sum.UnpricedCount >= sum.CallCount => Unpriced,
        { UnpricedCount: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{Money(sum.Total)} + {sum.UnpricedCount} unpriced"),
        _ => Money(sum.Total),
    };

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Number(long? number) => number is { } known ? Number(known) : "";

    public static string Tokens(long? input, long? output) =>
        input is null && output is null ? "" : $"{(input is null ? "?" : Number(input))} / {(output is null ? "?" : Number(output))}";

    public static string Share(double share) => share.ToString(share is > 0 and < 0.1 ? "P1" : "P0", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Whole(duration.TotalMicroseconds)} µs"),
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Whole(duration.TotalMilliseconds)} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes} min {duration.Seconds} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Hours} h {duration.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalDays} d {duration.Hours} h"),
    };

    /// <summary>Writes the kind of a span as its badge has it.</summary>
    public static string Kind(OperationKind? kind) => kind switch
    {
        null => "span",
        OperationKind.Chat => "llm",
        { } known => known.ToString().ToLowerInvariant(),
    };

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Rounds to a whole number, which is written far faster than another one with a format.</summary>
    private static long Whole(double number) => (long)Math.Round(number, MidpointRounding.AwayFromZero);
}
