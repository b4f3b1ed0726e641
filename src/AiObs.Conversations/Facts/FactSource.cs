using AiObs.Store;

namespace AiObs.Facts;

/// <summary>What facts are looked for in.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Messages">The messages that were not read yet, the oldest first. Only those of the user are evidence: what tools and models say plants nothing.</param>
/// <param name="Known">What is believed of the user so far, the newest first.</param>
public sealed record FactSource(string ConversationId, IReadOnlyList<StoredMessage> Messages, IReadOnlyList<Fact> Known);
