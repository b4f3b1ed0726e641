namespace AiObs.Store;

/// <summary>The traces that show the same <see cref="TraceSummary.ConversationId"/>, added up.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Time">When the earliest of these traces started.</param>
/// <param name="LastTrace">The latest of them, by its start and then by its id.</param>
/// <param name="TraceCount">How many there are.</param>
/// <param name="CallCount">How many model calls they have.</param>
/// <param name="ErrorCount">How many spans failed.</param>
/// <param name="InputTokens">Their input tokens; <see langword="null"/> where none were reported.</param>
/// <param name="OutputTokens">Their output tokens; <see langword="null"/> where none were reported.</param>
public sealed record TracedConversation(
    string ConversationId,
    DateTimeOffset Time,
    TraceSummary LastTrace,
    long TraceCount,
    long CallCount,
    long ErrorCount,
    long? InputTokens,
    long? OutputTokens);
