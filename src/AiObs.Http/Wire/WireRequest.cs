using AiObs.Chat;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>A request as a chat client would have got it.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options.</param>
/// <param name="RunsInBackground">Whether the service goes on with it whoever waits for it.</param>
internal sealed record WireRequest(IList<ChatMessage> Messages, ChatOptions Options, bool RunsInBackground = false)
{
    /// <summary>Gets the template that the service makes the messages of; <see langword="null"/> for none.</summary>
    public WirePrompt? Prompt { get; init; }

    /// <summary>Gets a value indicating whether the messages begin with what the service made of a longer conversation.</summary>
    public bool IsCompacted { get; init; }

    /// <summary>Notes on a call what options of chat clients do not say.</summary>
    public void NoteOn(ChatOperation operation, ChatRecorder recorder)
    {
        operation.IsCompacted = IsCompacted;
        if (Prompt is { } prompt)
        {
            recorder.NotePrompt(operation, new ChatPrompt(prompt.Id, prompt.Version, Variables: null), prompt.Variables);
        }
    }
}
