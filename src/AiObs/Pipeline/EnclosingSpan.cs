using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Finds a model span that somebody else opened for the very call that is about to be observed; it is then enriched, not doubled.</summary>
/// <remarks>Once: a second call inside of it, as of a loop that a tracer wraps, is a child of its own, unless the first one failed and this is the next try.</remarks>
internal static class EnclosingSpan
{
    /// <summary>Returns the current activity when it is a foreign span of the same chat call.</summary>
    public static Activity? Find(string? requestModel) => Find(
        requestModel,
        static operation => operation is GenAiOperationNames.Chat or GenAiOperationNames.TextCompletion or GenAiOperationNames.GenerateContent);

    /// <summary>Returns the current activity when it is a foreign span of the same embedding request.</summary>
    public static Activity? FindEmbeddings(string? requestModel) =>
        Find(requestModel, static operation => operation is GenAiOperationNames.Embeddings);

    private static Activity? Find(string? requestModel, Predicate<string?> isSameOperation)
    {
        var current = Activity.Current;
        if (current is null || ReferenceEquals(current, AmbientOperation.Current?.Activity))
        {
            return null;
        }

        if (EnrichedSpan.OperationOf(current) is { Outcome: not (OperationOutcome.Failed or OperationOutcome.Cancelled or OperationOutcome.Refused) })
        {
            return null;
        }

        // By operation, not by source: users rename sources.
        return isSameOperation(current.GetTagItem(GenAiAttributes.OperationName) as string)
            && Equals(current.GetTagItem(GenAiAttributes.RequestModel), requestModel)
                ? current
                : null;
    }
}
