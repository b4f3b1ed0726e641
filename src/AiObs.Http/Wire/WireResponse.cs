using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>A response as a chat client would have returned it.</summary>
/// <param name="Response">The response.</param>
/// <param name="Error">What went wrong although the status was good.</param>
/// <param name="Status">The status of a response that may run in the background, in the service's word.</param>
/// <param name="Choices">The choices, one for each message; <see langword="null"/> where there is one at most.</param>
internal sealed record WireResponse(
    ChatResponse Response, WireError? Error = null, string? Status = null, IReadOnlyList<AnswerChoice>? Choices = null)
{
    /// <summary>Gets the status of a response that runs in the background and has not come to its end.</summary>
    public string? PendingStatus => IsPending(Status) ? Status : null;

    public static bool IsPending(string? status) => status is "queued" or "in_progress";
}
