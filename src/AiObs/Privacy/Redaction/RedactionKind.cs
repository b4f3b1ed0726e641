namespace AiObs;

/// <summary>What a text is that is recorded, so that redaction can tell one from another.</summary>
public enum RedactionKind
{
    /// <summary>What nobody here knows: an attribute of another library under a name of its own. The default.</summary>
    Other,

    /// <summary>What is said in a message: text, reasoning, what a tool of the provider's got and gave.</summary>
    Message,

    /// <summary>The instructions of a request.</summary>
    Instructions,

    /// <summary>What a tool is called with.</summary>
    ToolArgument,

    /// <summary>What a tool answers.</summary>
    ToolResult,

    /// <summary>What a tool says of itself: its description and the schema of its parameters.</summary>
    ToolDescription,

    /// <summary>The name of a message's author.</summary>
    Name,

    /// <summary>The id of a file that the provider hosts.</summary>
    FileId,

    /// <summary>Where an image, audio, video or document stands.</summary>
    Address,

    /// <summary>A document that was found or scored, and what is known of it.</summary>
    Document,

    /// <summary>A text to embed.</summary>
    EmbeddingText,

    /// <summary>What goes into or comes out of any other work: of an agent, a prompt, a step of your own.</summary>
    Value,

    /// <summary>An option of a request: its stop sequences, and the additional properties that are recorded.</summary>
    Parameter,

    /// <summary>A tag of the <see cref="AgentContext"/>.</summary>
    Tag,

    /// <summary>Metadata of the <see cref="AgentContext"/>.</summary>
    Metadata,

    /// <summary>The message of an exception.</summary>
    Error,

    /// <summary>The content of an event that the application raises.</summary>
    Event,
}
