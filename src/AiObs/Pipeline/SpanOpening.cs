using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>What a span is started with.</summary>
/// <param name="Target">The target that it was made for: the model.</param>
/// <param name="SpanName">The span's name.</param>
/// <param name="Tags">The tags that samplers see; nobody may change them.</param>
internal sealed record SpanOpening(string? Target, string SpanName, KeyValuePair<string, object?>[] Tags)
{
    /// <summary>Gets a value indicating whether function loops take the source of the span for their own spans, as they do of the one of an agent or a workflow.</summary>
    public bool MayHoldLoops { get; } =
        SpanName.StartsWith(GenAiOperationNames.InvokeAgent, StringComparison.Ordinal)
        || SpanName.StartsWith(GenAiOperationNames.InvokeWorkflow, StringComparison.Ordinal);

    /// <summary>Starts the span of an operation; it becomes the current one.</summary>
    public Activity? Start(ActivitySource source, AgentOperation operation)
    {
        var kind = operation is ModelOperation ? ActivityKind.Client : ActivityKind.Internal;
        var caller = Activity.Current;
        try
        {
            return source.StartActivity(SpanName, kind, parentContext: default, Tags);
        }
        catch
        {
            // A listener threw after the span had become the current one; nobody would ever end it.
            Activity.Current = caller;
            throw;
        }
    }
}
