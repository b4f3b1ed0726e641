using System.Diagnostics;
using AiObs.Chat;
using AiObs.Conventions.GenAI;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Takes content that may not be shown out of the status of failed tool spans on our sources.</summary>
/// <remarks>Function loops open tool spans on our source and end them after us, with the raw message of the exception.</remarks>
internal static class ToolStatus
{
    public static void Mend(Activity span)
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
