namespace AiObs.Tracing;

/// <summary>How a model is called.</summary>
public enum LlmType
{
    /// <summary>It answers messages.</summary>
    Chat,

    /// <summary>It completes a text.</summary>
    Completion,
}
