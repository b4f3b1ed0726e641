using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Finds the model span of ours that a span of another library stands inside of.</summary>
internal sealed class OwnModelCall(SpanOrigins origins)
{
    /// <summary>Tells whether the nearest GenAI span around this one is our span of the same model call, or one that we enriched instead.</summary>
    /// <remarks>
    /// Model spans of other libraries are passed by: they are layers of one call. An agent or a tool in between makes it another call.
    /// </remarks>
    public bool Encloses(Activity span)
    {
        for (var ancestor = span.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (origins.IsOwn(ancestor.Source))
            {
                // By kind: attributes depend on the conventions in use. Of our spans those of model calls alone are client spans.
                return ancestor.Kind == ActivityKind.Client;
            }

            if (ancestor.GetCustomProperty(EnrichedSpan.Property) is ModelOperation)
            {
                return true;
            }

            if (ModelSpans.IsGenAi(ancestor) && !ModelSpans.IsModelCall(ancestor))
            {
                return false;
            }
        }

        return false;
    }
}
