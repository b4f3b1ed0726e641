namespace AiObs.Guardrails;

/// <summary>What follows when a guardrail finds something.</summary>
public enum GuardrailMode
{
    /// <summary>It is refused: input and output by a <see cref="GuardrailException"/> or a text of yours, a tool call by an answer to the model, a tool result by words in its place.</summary>
    Block,

    /// <summary>What was found is replaced by <c>[NAME]</c>, in what is sent and in what is stored. For guardrails that can say where it stands.</summary>
    Redact,

    /// <summary>It goes on, and a <c>policy_violation</c> is raised.</summary>
    Warn,

    /// <summary>It goes on, and a <c>guardrail_shadowed</c> says what would have happened: to try a guardrail on real traffic.</summary>
    Shadow,
}
