using System.Collections.Concurrent;
using System.Diagnostics;
using AiObs.Conventions.GenAI;
using AiObs.OpenTelemetry.Bridge.Sources;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>The tool calls that run now. A server in the same process serves them under a span that knows its parent by id alone.</summary>
internal sealed class OpenToolCalls(SpanOrigins origins)
{
    private const string ServedProperty = "AiObs.Served";

    /// <summary>Spans that are never ended must not stay for ever; beyond this many, a call may be told twice.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<ActivitySpanId, bool> _open = new();
    private int _count;

    public void Add(Activity span)
    {
        // Looked up now, because the caller may have its answer, and its span an end, before the span of the server ends.
        if (span is { Kind: ActivityKind.Server, HasRemoteParent: true } && _open.ContainsKey(span.ParentSpanId))
        {
            span.SetCustomProperty(ServedProperty, this);
        }

        if (MayCallATool(span) && Volatile.Read(ref _count) < Capacity && _open.TryAdd(span.SpanId, true))
        {
            Interlocked.Increment(ref _count);
        }
    }

    public void Remove(Activity span)
    {
        if (MayCallATool(span) && _open.TryRemove(span.SpanId, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Tells whether a span serves a call that was made in this process.</summary>
    public static bool IsServed(Activity span) => span.GetCustomProperty(ServedProperty) is not null;

    private bool MayCallATool(Activity span) => origins.HasServers
        && (span.OperationName.StartsWith(GenAiOperationNames.ExecuteTool, StringComparison.Ordinal)
            || (span.Kind == ActivityKind.Client && origins.Of(span.Source) is { Serves: true }));
}
