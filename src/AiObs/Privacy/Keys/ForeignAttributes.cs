using AiObs.Conventions.OpenInference;

namespace AiObs.Privacy.Keys;

/// <summary>Keys under which other libraries put content, beside those of the conventions that we write.</summary>
internal static class ForeignAttributes
{
    /// <summary>The prompt, before there were messages.</summary>
    public const string Prompt = "gen_ai.prompt";

    /// <summary>The answer, before there were messages.</summary>
    public const string Completion = "gen_ai.completion";

    /// <summary>The body of a message event, as JSON.</summary>
    public const string EventContent = "gen_ai.event.content";

    public const string PromptVariablePrefix = "gen_ai.prompt.variable.";
    public const string MemoryQueryText = "gen_ai.memory.query.text";
    public const string MemoryRecords = "gen_ai.memory.records";

    /// <summary>Agent Framework: what a step of a workflow was given.</summary>
    public const string ExecutorInput = "executor.input";

    /// <summary>Agent Framework: what a step of a workflow made of it.</summary>
    public const string ExecutorOutput = "executor.output";

    /// <summary>Agent Framework: what one step of a workflow sent to another, under a name that is the end of some keys of OpenInference.</summary>
    public const string WorkflowMessage = OpenInferenceAttributes.MessageContent;

    /// <summary>Agent Framework: what a workflow is for.</summary>
    public const string WorkflowDescription = "workflow.description";

    /// <summary>Agent Framework: the steps of a workflow, as JSON.</summary>
    public const string WorkflowDefinition = "workflow.definition";

    /// <summary>Azure: the message of an exception.</summary>
    public const string ErrorMessage = "error.message";

    public const string EndUserId = "enduser.id";
}
