using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>What chat clients say of responses that run in the background.</summary>
#pragma warning disable MEAI001 // Experimental: where it goes away, responses in the background do too.
internal static class BackgroundNotes
{
    /// <summary>Returns what the rest of an answer is fetched with; <see langword="null"/> for a request that asks for one.</summary>
    public static ResponseContinuationToken? TokenOf(ChatOptions? options) => options?.ContinuationToken;

    /// <summary>Notes that the model is still at it: what it uses is said to the call that fetches the answer, and counts there.</summary>
    public static void NoteRunning(ChatOperation operation, ChatResponse response)
    {
        operation.RunsOn = response is { ContinuationToken: not null, Usage: null };
        if (operation.RunsOn)
        {
            (operation.Wire ??= new()).ResponseStatus ??= "in_progress";
        }
    }

    /// <summary>Notes what became of a fetched response, where why it ended tells and the protocol is not seen.</summary>
    public static void NoteStatus(ChatOperation operation)
    {
        if (operation is { IsFetch: true, RunsOn: false } && StatusOf(operation.FinishReason) is { } status)
        {
            (operation.Wire ??= new()).ResponseStatus ??= status;
        }
    }

    private static string? StatusOf(string? finishReason) => finishReason switch
    {
        "stop" or "tool_calls" => "completed",
        "length" or "content_filter" => "incomplete",
        _ => null,
    };
}
#pragma warning restore MEAI001
