using System.Diagnostics;
using AiObs.Conventions.GenAI;
using AiObs.Operations;

namespace AiObs.Chat;

/// <summary>Finds a model span that somebody else opened for the very call that is about to be observed.</summary>
internal static class EnclosingSpan
{
    /// <summary>Returns the current activity when it is a foreign span of the same model call; it is then enriched, not doubled.</summary>
    public static Activity? Find(string? requestModel)
    {
        var current = Activity.Current;
        if (current is null || ReferenceEquals(current, AmbientOperation.Current?.Activity))
        {
            return null;
        }

        // By operation, not by source: users rename sources.
        var isModelSpan = current.GetTagItem(GenAiAttributes.OperationName) is
            GenAiOperationNames.Chat or GenAiOperationNames.TextCompletion or GenAiOperationNames.GenerateContent;
        return isModelSpan && Equals(current.GetTagItem(GenAiAttributes.RequestModel), requestModel) ? current : null;
    }
}
