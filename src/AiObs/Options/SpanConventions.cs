namespace AiObs;

/// <summary>The built-in conventions that spans are written in.</summary>
[Flags]
public enum SpanConventions
{
    /// <summary>Neither: for applications that bring a convention of their own.</summary>
    None = 0,

    /// <summary>The OpenTelemetry GenAI semantic conventions (<c>gen_ai.*</c>).</summary>
    GenAI = 1,

    /// <summary>OpenInference (<c>openinference.span.kind</c>, <c>llm.*</c>, …), which Arize Phoenix reads.</summary>
    OpenInference = 2,

    /// <summary>Both, on the same spans. The default.</summary>
    All = GenAI | OpenInference,
}
