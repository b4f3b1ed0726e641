using Microsoft.Extensions.Logging;

namespace AiObs.Conversations.Storing;

/// <summary>What conversations log.</summary>
internal static partial class ConversationLog
{
    [LoggerMessage(1, LogLevel.Warning, "Expired conversations could not be erased ({ErrorType}); it is tried again in {Interval}. {StackTrace}", EventName = "ConversationExpiryFailed")]
    public static partial void ExpirySweepFailed(this ILogger logger, string? errorType, TimeSpan interval, string? stackTrace);

    [LoggerMessage(2, LogLevel.Warning, "The lease of a turn could not be renewed ({ErrorType}); it ends at {LeaseUntil}, and from then on others may take the turn over. {StackTrace}", EventName = "TurnLeaseNotRenewed")]
    public static partial void TurnLeaseNotRenewed(this ILogger logger, string? errorType, DateTimeOffset? leaseUntil, string? stackTrace);

    [LoggerMessage(3, LogLevel.Error, "What came of the turn {TurnId} ({State}) could not be stored ({ErrorType}). {StackTrace}", EventName = "TurnNotStored")]
    public static partial void TurnNotStored(this ILogger logger, string turnId, string state, string? errorType, string? stackTrace);

    [LoggerMessage(4, LogLevel.Warning, "A provider keeps the history of a conversation itself ({ProviderConversationId}). It is not asked to go on with that: it is sent what the store has, so that memory and branches hold. Turn its own history off to save the space.", EventName = "ProviderKeepsHistory")]
    public static partial void ProviderKeepsHistory(this ILogger logger, string providerConversationId);
}
