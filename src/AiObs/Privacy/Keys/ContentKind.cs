namespace AiObs.Privacy.Keys;

/// <summary>What an attribute holds, and so which rule of privacy it is held to.</summary>
internal enum ContentKind
{
    /// <summary>Facts about the call, which no rule touches.</summary>
    Fact,

    /// <summary>A key that nobody here knows.</summary>
    Unknown,

    /// <summary>A key of the GenAI conventions that nobody here knows: new ones may well be content.</summary>
    UnknownGenAi,

    /// <summary>What a tool, agent or workflow says of itself.</summary>
    Description,

    /// <summary>A list of messages as JSON.</summary>
    Messages,

    /// <summary>Instructions, as JSON or as a text.</summary>
    Instructions,

    /// <summary>Tools offered to a model, as JSON.</summary>
    Tools,

    /// <summary>One flattened tool.</summary>
    Tool,

    /// <summary>Arguments, a result or a query.</summary>
    Value,

    /// <summary>Documents or memories, as JSON.</summary>
    Documents,

    /// <summary>A prompt or a completion of a text model: a text, or messages as JSON.</summary>
    Prose,

    /// <summary>Content of which only the way is known that it goes.</summary>
    Opaque,

    /// <summary>A text of a flattened message.</summary>
    Leaf,

    /// <summary>A role, name or id of a flattened message.</summary>
    Label,

    /// <summary>The name of the author of a flattened message.</summary>
    AuthorName,

    /// <summary>Tags or metadata of whatever happens in one context.</summary>
    Context,

    /// <summary>The address of a flattened image.</summary>
    Image,

    /// <summary>An option of the request.</summary>
    Parameter,

    /// <summary>A text to embed.</summary>
    EmbeddingText,

    /// <summary>An embedding.</summary>
    Vector,

    /// <summary>The message of an exception, or a stack trace, which begins with it.</summary>
    Error,

    /// <summary>The id of a user.</summary>
    User,
}
