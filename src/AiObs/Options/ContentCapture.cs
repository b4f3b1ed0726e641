namespace AiObs;

/// <summary>Where content (messages, tool arguments and results, texts, exception messages) may be recorded.</summary>
[Flags]
public enum ContentCapture
{
    /// <summary>Nowhere. The default.</summary>
    None = 0,

    /// <summary>On spans.</summary>
    Spans = 1,

    /// <summary>In events: <see cref="AiObs.Events.AgentEvent.Content"/>, the log records <c>gen_ai.client.operation.exception</c> and, when it is switched on, <c>gen_ai.client.inference.operation.details</c>.</summary>
    Events = 2,

    /// <summary>On spans and in events.</summary>
    All = Spans | Events,
}
