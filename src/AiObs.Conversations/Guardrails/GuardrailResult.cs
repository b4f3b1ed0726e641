using Microsoft.Extensions.AI;

namespace AiObs.Guardrails;

/// <summary>What came of looking at messages with a list of rules.</summary>
/// <param name="Messages">The messages as they may go on: the very objects where nothing was replaced, else copies. Those that were looked at where they are refused.</param>
/// <param name="Findings">What was found, in the order of the rules.</param>
/// <param name="Refusal">What they are refused for; <see langword="null"/> where they may go on. The rules after it did not look.</param>
public sealed record GuardrailResult(IReadOnlyList<ChatMessage> Messages, IReadOnlyList<GuardrailFinding> Findings, GuardrailFinding? Refusal)
{
    /// <summary>Gets a value indicating whether the messages may not go on.</summary>
    public bool IsRefused => Refusal is not null;
}
