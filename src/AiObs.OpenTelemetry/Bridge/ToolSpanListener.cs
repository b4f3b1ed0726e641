using System.Diagnostics;
using AiObs.Chat;
using AiObs.Conventions.GenAI;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Hears of failed tool spans when they stop, before any exporter of the provider does, and takes content that may not be shown out of their status.</summary>
/// <remarks>Function loops open tool spans on our source and end them after us, with the raw message of the exception.</remarks>
internal sealed class ToolSpanListener : IDisposable
{
    private readonly ActivityListener _listener;

    public ToolSpanListener(SpanOrigins origins)
    {
        // Without a Sample callback a listener never causes an activity: it hears of those that somebody else wants.
        _listener = new ActivityListener { ShouldListenTo = origins.IsOwn, ActivityStopped = Stopped };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    private static void Stopped(Activity span)
    {
        if (span.Status != ActivityStatusCode.Error || !span.OperationName.StartsWith(GenAiOperationNames.ExecuteTool, StringComparison.Ordinal))
        {
            return;
        }

        if (span.GetCustomProperty(SpanOutcome.StatusProperty) is string description)
        {
            span.SetStatus(ActivityStatusCode.Error, description);
        }
        else if (span.Parent?.GetCustomProperty(AgentRecorder.SensitiveDataProperty) is null)
        {
            // A tool that is not observed: nobody but the loop knows what its exception may say.
            span.SetStatus(ActivityStatusCode.Error, span.GetTagItem(GenAiAttributes.ErrorType) as string);
        }
    }
}
