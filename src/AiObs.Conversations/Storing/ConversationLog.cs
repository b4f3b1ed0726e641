using Microsoft.Extensions.Logging;

namespace AiObs.Conversations.Storing;

/// <summary>What conversations log.</summary>
internal static partial class ConversationLog
{
    [LoggerMessage(1, LogLevel.Warning, "Expired conversations could not be erased ({ErrorType}); it is tried again in {Interval}. {StackTrace}", EventName = "ConversationExpiryFailed")]
    public static partial void ExpirySweepFailed(this ILogger logger, string? errorType, TimeSpan interval, string? stackTrace);
}
