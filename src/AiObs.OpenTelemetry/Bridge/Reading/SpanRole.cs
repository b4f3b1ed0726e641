namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>What a span of another library stands for.</summary>
internal enum SpanRole
{
    /// <summary>Nothing that we know: it is left alone.</summary>
    None,

    /// <summary>A model call that returns messages.</summary>
    Chat,

    /// <summary>An embedding request.</summary>
    Embeddings,

    /// <summary>An execution of a tool.</summary>
    Tool,

    /// <summary>A run of an agent, or the making of one.</summary>
    Agent,

    /// <summary>A search for documents or memories.</summary>
    Retriever,

    /// <summary>A function loop, which is a layer of a model call: what runs inside belongs to what is around it.</summary>
    Loop,

    /// <summary>Anything else that belongs to work with models.</summary>
    Step,
}
