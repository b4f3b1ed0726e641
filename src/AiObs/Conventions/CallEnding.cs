using AiObs.Operations;

namespace AiObs.Conventions;

/// <summary>Says why a model stopped, the same in both conventions.</summary>
internal static class CallEnding
{
    /// <summary>Returns the reason. The newest GenAI convention has one for an answer that broke off, and none where the model never began.</summary>
    public static string? ReasonOf(ChatOperation chat, GenAIProfile profile) => chat.FinishReason
        ?? (profile == GenAIProfile.Latest && chat is { Outcome: not OperationOutcome.Completed, TimeToFirstChunk: not null } ? "error" : null);
}
