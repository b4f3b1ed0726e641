using AiObs.Guardrails;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>What a stream is refused for, before it has ended.</summary>
internal sealed record HeldRefusal(GuardrailRule Rule, GuardrailFinding Finding, GuardrailCheck Check);
