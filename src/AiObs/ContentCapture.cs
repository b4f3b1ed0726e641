namespace AiObs;

/// <summary>Where content (messages, tool arguments and results, texts, exception messages) may be recorded.</summary>
[Flags]
public enum ContentCapture
{
    /// <summary>Nowhere. The default.</summary>
    None = 0,

    /// <summary>On spans.</summary>
    Spans = 1,

    /// <summary>In events: the <c>gen_ai.client.inference.operation.details</c> log record, when it is switched on.</summary>
    Events = 2,

    /// <summary>On spans and in events.</summary>
    All = Spans | Events,
}
