using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Takes content that may not be shown out of the status of failed tool spans on our sources.</summary>
/// <remarks>Loops that do not say what they call have spans of their own on our source, and may end them with the raw message of an exception.</remarks>
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
        else
        {
            // A tool that is not observed: nobody but the loop knows what its exception may say.
            span.SetStatus(ActivityStatusCode.Error, span.GetTagItem(GenAiAttributes.ErrorType) as string);
        }
    }
}
