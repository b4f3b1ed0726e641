using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Recognises the GenAI spans of other libraries by what they say they do: libraries agree on that, and on little else.</summary>
internal static class SpanRoles
{
    /// <summary>The span that Microsoft.Extensions.AI opens around its function loop.</summary>
    public const string FunctionLoop = "orchestrate_tools";

    public const string WorkflowRun = "workflow_invoke";
    public const string WorkflowStep = "executor.process";

    private const string CallTool = "tools/call";

    /// <summary>Spans of Agent Framework that name no operation.</summary>
    private static readonly string[] StepNames =
        [WorkflowRun, WorkflowStep, "workflow.build", "workflow.session", "edge_group.process", "message.send", "compaction."];

    public static SpanRole Of(Activity span) => span.GetTagItem(GenAiAttributes.OperationName) is string operation
        ? OfOperation(operation, span)
        : OfOther(span);

    public static bool IsModelCall(SpanRole role) => role is SpanRole.Chat or SpanRole.Embeddings;

    private static SpanRole OfOperation(string operation, Activity span) => operation switch
    {
        GenAiOperationNames.Chat or GenAiOperationNames.TextCompletion or GenAiOperationNames.GenerateContent => SpanRole.Chat,
        GenAiOperationNames.Embeddings => SpanRole.Embeddings,

        // What a server does is the work behind the tool span of its caller, which may be in another process.
        GenAiOperationNames.ExecuteTool => span.Kind == ActivityKind.Server ? SpanRole.Step : SpanRole.Tool,
        GenAiOperationNames.InvokeAgent or GenAiOperationNames.CreateAgent or GenAiOperationNames.Plan => SpanRole.Agent,
        GenAiOperationNames.Retrieval or GenAiOperationNames.SearchMemory => SpanRole.Retriever,
        _ => SpanRole.Step,
    };

    private static SpanRole OfOther(Activity span)
    {
        if (span.OperationName == FunctionLoop)
        {
            return SpanRole.Loop;
        }

        if (span.GetTagItem(ForeignScalars.McpMethod) is string method)
        {
            return method == CallTool && span.Kind != ActivityKind.Server ? SpanRole.Tool : SpanRole.Step;
        }

        foreach (var name in StepNames)
        {
            if (span.OperationName.StartsWith(name, StringComparison.Ordinal))
            {
                return SpanRole.Step;
            }
        }

        return SpanRole.None;
    }
}
