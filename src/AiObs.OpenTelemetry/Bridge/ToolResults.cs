using System.Diagnostics;
using AiObs.Conventions;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Takes the result off spans of tools that failed, where function loops write that there is none as if it were one.</summary>
internal static class ToolResults
{
    public static void RemoveEmpty(Activity span)
    {
        if (span.GetTagItem(GenAiAttributes.ToolCallResult) is "null"
            && (span.Status == ActivityStatusCode.Error || span.GetTagItem(GenAiAttributes.ErrorType) is not null))
        {
            span.SetTag(GenAiAttributes.ToolCallResult, null);
        }
    }
}
