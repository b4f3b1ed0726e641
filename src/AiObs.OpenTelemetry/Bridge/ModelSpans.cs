using System.Diagnostics;
using AiObs.Conventions.GenAI;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Recognises the GenAI spans of other libraries by what they say they do: libraries agree on that, and on little else.</summary>
internal static class ModelSpans
{
    /// <summary>Tells whether a span is about any GenAI operation.</summary>
    public static bool IsGenAi(Activity span) => span.GetTagItem(GenAiAttributes.OperationName) is string;

    /// <summary>Tells whether a span is a call to a model.</summary>
    public static bool IsModelCall(Activity span) => span.GetTagItem(GenAiAttributes.OperationName) is
        GenAiOperationNames.Chat or GenAiOperationNames.TextCompletion or GenAiOperationNames.GenerateContent or GenAiOperationNames.Embeddings;
}
