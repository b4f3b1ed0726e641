namespace AiObs.Store;

/// <summary>How far a conversation was read for facts.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="From">The number of the last message that had been read before; 0 where none had.</param>
/// <param name="To">The number of the last message that is read now.</param>
public sealed record FactPosition(string ConversationId, long From, long To);
