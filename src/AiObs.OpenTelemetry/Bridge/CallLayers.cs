using System.Diagnostics;
using AiObs.OpenTelemetry.Bridge.Reading;
using AiObs.OpenTelemetry.Bridge.Sources;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Knows which spans are layers of one call, so that it is counted once.</summary>
/// <remarks>
/// A span of ours owns its call; without one, the innermost model span does. Agents, tools and steps bound a call: what runs
/// inside of them is another one.
/// </remarks>
internal sealed class CallLayers(SpanOrigins origins)
{
    private const string CountedProperty = "AiObs.Counted";

    /// <summary>Notes on the spans around a model span that their call is counted there.</summary>
    public void MarkAround(Activity modelSpan)
    {
        for (var ancestor = modelSpan.Parent; ancestor is not null && !IsBoundary(ancestor); ancestor = ancestor.Parent)
        {
            if (origins.Of(ancestor.Source) is { } origin && !ReferenceEquals(origin, LibrarySource.Own))
            {
                ancestor.SetCustomProperty(CountedProperty, modelSpan);
            }
        }
    }

    /// <summary>Tells whether the call of a model span is counted on a span inside of it.</summary>
    public static bool IsCountedInside(Activity modelSpan) => modelSpan.GetCustomProperty(CountedProperty) is not null;

    /// <summary>Tells whether the call of a model span is counted on a span of ours around it, or on one that we enriched instead.</summary>
    public bool IsCountedAround(Activity modelSpan)
    {
        for (var ancestor = modelSpan.Parent; ancestor is not null && !IsBoundary(ancestor); ancestor = ancestor.Parent)
        {
            // By kind: attributes depend on the conventions in use. Of our spans those of model calls alone are client spans.
            if ((origins.IsOwn(ancestor.Source) && ancestor.Kind == ActivityKind.Client)
                || EnrichedSpan.OperationOf(ancestor) is ModelOperation)
            {
                return true;
            }
        }

        return SpanSurroundings.IsInsideUntracedCall(modelSpan);
    }

    /// <summary>Tells whether a tool span is a layer of another one that stands around it.</summary>
    public bool IsInsideSameTool(Activity toolSpan) =>
        FindBoundary(toolSpan) is { } around
        && RoleOf(around) == SpanRole.Tool
        && IsSameTool(WorkReader.NameOfTool(around), WorkReader.NameOfTool(toolSpan));

    /// <summary>Finds the agent that a span is a direct step of. What we observe ourselves is counted by an agent of ours already.</summary>
    public AgentRunOperation? FindAgent(Activity span)
    {
        if (FindBoundary(span) is not { } boundary || origins.Of(boundary.Source) is not { } origin)
        {
            return null;
        }

        if (ReferenceEquals(origin, LibrarySource.Own))
        {
            return origins.IsOwn(span.Source) || EnrichedSpan.OperationOf(span) is not null ? null : SpanSurroundings.FindAgent(span, boundary);
        }

        return RoleOf(boundary) == SpanRole.Agent ? AgentCounts.Of(boundary) : null;
    }

    private Activity? FindBoundary(Activity span)
    {
        var ancestor = span.Parent;
        while (ancestor is not null && !IsBoundary(ancestor))
        {
            ancestor = ancestor.Parent;
        }

        return ancestor;
    }

    private bool IsBoundary(Activity span) => RoleOf(span) is not (SpanRole.None or SpanRole.Chat or SpanRole.Embeddings or SpanRole.Loop);

    private SpanRole RoleOf(Activity span)
    {
        var role = SpanRoles.Of(span);
        if (span.Kind == ActivityKind.Client && origins.IsOwn(span.Source))
        {
            // Of our spans those of model calls alone are client spans, whatever operation they name.
            return SpanRole.Chat;
        }

        return role == SpanRole.None && origins.IsOwn(span.Source) ? SpanRole.Step : role;
    }

    /// <summary>Layers put the name of a plugin in front of that of its function.</summary>
    private static bool IsSameTool(string outer, string inner) =>
        outer == inner
        || (outer.Length > inner.Length && outer.EndsWith(inner, StringComparison.Ordinal) && outer[^(inner.Length + 1)] is '-' or '_' or '.');
}
