using Microsoft.Extensions.Logging;

namespace AiObs.AspNetCore;

/// <summary>What this library logs.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 80,
        Level = LogLevel.Warning,
        Message = "The selector {Selector} of UseAgentContext failed with {ExceptionType}, so what is observed in the request does not have its value. Further failures of it are not logged.")]
    public static partial void SelectorFailed(this ILogger logger, string selector, string? exceptionType);
}
