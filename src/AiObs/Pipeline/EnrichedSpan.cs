using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Marks a span of another library that stands for an operation of ours.</summary>
internal static class EnrichedSpan
{
    /// <summary>The custom property that holds the operation. It is no attribute and is never exported.</summary>
    public const string Property = "AiObs.Operation";

    private const string PipelineProperty = "AiObs.Pipeline";

    public static void Mark(Activity span, AgentOperation operation, OperationPipeline pipeline)
    {
        span.SetCustomProperty(Property, operation);
        span.SetCustomProperty(PipelineProperty, pipeline);
    }

    /// <summary>Returns the operation that a span was enriched with.</summary>
    public static AgentOperation? OperationOf(Activity span) => span.GetCustomProperty(Property) as AgentOperation;

    /// <summary>Returns the pipeline of that operation, whose options may be those of one client.</summary>
    public static OperationPipeline? PipelineOf(Activity span) => span.GetCustomProperty(PipelineProperty) as OperationPipeline;
}
