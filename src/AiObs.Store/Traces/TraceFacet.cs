namespace AiObs.Store;

/// <summary>By what traces are told apart. A trace has a value when one of its spans has it.</summary>
public enum TraceFacet
{
    /// <summary>The model.</summary>
    Model,

    /// <summary>Who served the calls.</summary>
    Provider,

    /// <summary>The agent.</summary>
    Agent,

    /// <summary>The tool.</summary>
    Tool,

    /// <summary>Each tag.</summary>
    Tag,

    /// <summary>What failed.</summary>
    ErrorType,

    /// <summary>The activity source.</summary>
    Source,

    /// <summary>The conversation.</summary>
    Conversation,

    /// <summary>The user.</summary>
    User,

    /// <summary>The session.</summary>
    Session,
}
