using System.Diagnostics;
using AiObs.Conventions.OpenInference;
using AiObs.OpenTelemetry.Bridge.Reading;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Tells the spans that function loops open on our source from our own.</summary>
internal static class LoopSpans
{
    /// <summary>Tells whether a span that starts may be one.</summary>
    public static bool MayBeOne(Activity span) =>
        span.OperationName == SpanRoles.FunctionLoop
        || (span.OperationName.StartsWith(GenAiOperationNames.ExecuteTool, StringComparison.Ordinal)
            && span.GetTagItem(OpenInferenceAttributes.SpanKind) is null);

    /// <summary>Tells whether a span that has ended is one.</summary>
    /// <remarks>Without OpenInference, which ours are started with, tool spans look the same whoever opens them.</remarks>
    public static bool IsOne(Activity span, AgentObservabilityOptions options) =>
        span.OperationName == SpanRoles.FunctionLoop
        || (options.Conventions.HasFlag(SpanConventions.OpenInference)
            && MayBeOne(span)
            && EnrichedSpan.OperationOf(span) is null
            && !ReferenceEquals(AmbientOperation.Current?.Activity, span));
}
