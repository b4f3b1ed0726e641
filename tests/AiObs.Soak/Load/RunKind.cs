namespace AiObs.Soak.Load;

/// <summary>What a run asks of the model.</summary>
internal enum RunKind
{
    /// <summary>One answer, as a whole.</summary>
    Chat,

    /// <summary>One answer, streamed.</summary>
    Stream,

    /// <summary>An agent that calls tools before it answers, as a whole.</summary>
    Agent,

    /// <summary>An agent that calls tools before it answers, streamed.</summary>
    StreamedAgent,

    /// <summary>Embeddings of a few texts.</summary>
    Embedding,
}
