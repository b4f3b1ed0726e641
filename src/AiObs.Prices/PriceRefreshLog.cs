using Microsoft.Extensions.Logging;

namespace AiObs.Prices;

/// <summary>The log records of the refresh; none of them holds an address.</summary>
internal static partial class PriceRefreshLog
{
    [LoggerMessage(EventId = 31, Level = LogLevel.Information, Message = "Calls that start from now on are priced by {Version}.")]
    public static partial void PricesUpdated(this ILogger logger, string version);

    [LoggerMessage(
        EventId = 32,
        Level = LogLevel.Warning,
        Message = "Prices were not refreshed: {Problem} {Version} stays in force. The same problem is only counted in aiobs.faults until another one comes or a refresh succeeds.")]
    public static partial void PricesNotRefreshed(this ILogger logger, string problem, string version);

    [LoggerMessage(
        EventId = 33,
        Level = LogLevel.Warning,
        Message = "The file that keeps prices between runs cannot be used: {Problem}")]
    public static partial void PriceCacheUnusable(this ILogger logger, string problem);

    [LoggerMessage(
        EventId = 34,
        Level = LogLevel.Warning,
        Message = "The prices in force, {Version}, were last known to be current {Days} days ago. See to it that {Section}:Url can be reached, or update the package.")]
    public static partial void PricesOld(this ILogger logger, string version, int days, string section);
}
