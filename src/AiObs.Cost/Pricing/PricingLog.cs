using Microsoft.Extensions.Logging;

namespace AiObs.Cost.Pricing;

/// <summary>The log records of pricing; none of them holds content.</summary>
internal static partial class PricingLog
{
    [LoggerMessage(
        EventId = 30,
        Level = LogLevel.Warning,
        Message = "The last good prices stay in use: {Problem} Further problems: {Others}. The file is read again when its content changes.")]
    public static partial void PriceFileNotUsed(this ILogger logger, string problem, int others);
}
