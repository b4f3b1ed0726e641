using AiObs.Guardrails;

namespace AiObs.Conversations;

/// <content>Guardrails.</content>
public sealed partial class AgentConversations
{
    /// <summary>Looks at messages with <see cref="ConversationOptions.Guardrails"/>, and does nothing else with them.</summary>
    /// <param name="request">What to look at, and at which stage.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The messages as they may go on, and what was found. It does not throw where they are refused: <see cref="GuardrailResult.Refusal"/> says so.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    public ValueTask<GuardrailResult> CheckGuardrailsAsync(GuardrailRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Guardrails.GuardrailRunner(_view.Observability, [.. _view.Options.Guardrails]).CheckAsync(request, cancellationToken);
    }
}
