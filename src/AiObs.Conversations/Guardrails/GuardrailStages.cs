namespace AiObs.Guardrails;

/// <summary>Where guardrails look.</summary>
[Flags]
public enum GuardrailStages
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>What a user says, before it is stored or sent.</summary>
    Input = 1,

    /// <summary>A call of a tool that the model asks for, before it runs.</summary>
    ToolCall = 2,

    /// <summary>What a tool returned, before the model reads it.</summary>
    ToolResult = 4,

    /// <summary>What the model answers, before anybody sees it.</summary>
    Output = 8,

    /// <summary>Everywhere.</summary>
    All = Input | ToolCall | ToolResult | Output,
}
