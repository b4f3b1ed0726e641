namespace AiObs.Guardrails;

/// <summary>How a client is guarded.</summary>
public sealed class GuardedClientOptions
{
    /// <summary>Gets the guardrails, in the order in which they look: each sees what the one before has left.</summary>
    /// <value>The default is none: then those of <see cref="Conversations.ConversationOptions.Guardrails"/> are taken from the container.</value>
    public IList<GuardrailRule> Guardrails { get; } = [];

    /// <summary>Gets or sets what is answered where input or output is refused, with the finish reason <c>content_filter</c>, and where a model asks for refused tools without end.</summary>
    /// <value>The default is <see langword="null"/>: input and output that are refused throw a <see cref="GuardrailException"/>, and a model that does not give up is answered for with a sentence.</value>
    public string? RefusalText { get; set; }
}
