namespace AiObs.Store;

/// <summary>What a store can keep.</summary>
[Flags]
public enum StoreParts
{
    /// <summary>The event log, <see cref="IEventLog"/>.</summary>
    Events = 1,

    /// <summary>The cost records, <see cref="AiObs.Cost.ICostStore"/>; written where cost tracking is added, too.</summary>
    Costs = 2,

    /// <summary>The traces, <see cref="ITraceStore"/>; written where <c>AddTraces()</c> is called, too.</summary>
    Traces = 4,

    /// <summary>The conversations, <see cref="IConversationStore"/>; written where <c>AddConversations()</c> is called, too.</summary>
    Conversations = 8,
}
