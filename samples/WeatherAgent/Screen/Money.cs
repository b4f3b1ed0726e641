using System.Diagnostics;
using System.Globalization;
using AiObs.Cost;

namespace WeatherAgent.Screen;

/// <summary>Writes amounts of money. Only model calls cost any, so that sums are right.</summary>
internal static class Money
{
    /// <summary>Returns what a span cost; empty where it cost nothing of its own, a question mark where nobody knows.</summary>
    public static string Of(Activity span) => (span.GetTagItem("aiobs.cost.total"), span.GetTagItem("aiobs.cost.completeness")) switch
    {
        (double amount, "estimated") => $"~{Write((decimal)amount)}",
        (double amount, _) => Write((decimal)amount),
        (_, "unpriced") => "$ ?",
        _ => "",
    };

    /// <summary>Returns a sum, and how many calls are not in it because their model has no known price.</summary>
    public static string Describe(CostSum sum) => sum.UnpricedCount == 0
        ? Write(sum.Total)
        : string.Create(CultureInfo.InvariantCulture, $"{Write(sum.Total)} and {sum.UnpricedCount} calls without a known price");

    private static string Write(decimal amount) => amount.ToString("$0.000000", CultureInfo.InvariantCulture);
}
