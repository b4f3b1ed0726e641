namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>A topic that a text is about.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Score">How sure that is, between 0 and 1.</param>
internal readonly record struct TopicHit(string Name, double Score);
