namespace AiObs.Tracing;

/// <summary>What a chain does, where the GenAI conventions have a name for it.</summary>
public enum StepWork
{
    /// <summary>Glue between steps, or an entry point of the application: nothing that the conventions name.</summary>
    None,

    /// <summary>A composition of several agents or calls; the name is the workflow's. It counts in <c>gen_ai.invoke_workflow.duration</c>.</summary>
    Workflow,

    /// <summary>The making of an agent, in this process or at a service; the name is the agent's.</summary>
    CreateAgent,

    /// <summary>The planning of an agent; the name is the agent's. Known to <see cref="GenAIProfile.Latest"/> alone, like what follows.</summary>
    Plan,

    /// <summary>A search in a memory; the name is the store's id, as for all of what follows, and the input is what is looked for.</summary>
    SearchMemory,

    /// <summary>New records in a memory.</summary>
    CreateMemory,

    /// <summary>A change of records that a memory has.</summary>
    UpdateMemory,

    /// <summary>Records that a memory adds, changes or merges by its own judgement.</summary>
    UpsertMemory,

    /// <summary>The removal of records from a memory.</summary>
    DeleteMemory,

    /// <summary>The making of a memory.</summary>
    CreateMemoryStore,

    /// <summary>The removal of a memory.</summary>
    DeleteMemoryStore,
}
