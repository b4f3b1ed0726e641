using Microsoft.Extensions.Logging;

namespace AiObs.Cost;

/// <summary>The log records about cost stores; none of them holds content.</summary>
internal static partial class CostStoreLog
{
    [LoggerMessage(
        EventId = 60,
        Level = LogLevel.Warning,
        Message = "The cost store failed with {ExceptionType}; its records are kept and written again. {StackTrace}")]
    public static partial void CostStoreFailed(this ILogger logger, string? exceptionType, string? stackTrace);

    [LoggerMessage(EventId = 61, Level = LogLevel.Information, Message = "The cost store works again after {Failures} failures.")]
    public static partial void CostStoreRecovered(this ILogger logger, int failures);
}
