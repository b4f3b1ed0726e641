using System.Diagnostics;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Events.Raising;

/// <summary>Makes the events that a store keeps together with what they tell of, before the sinks get them.</summary>
internal sealed class KeptEvents(OperationPipeline pipeline, TrackedEvents tracked, EventGate gate)
{
    private readonly MessageRecorder _messages = new(pipeline.Masker, pipeline.Faults);

    /// <summary>Tells whether an event of a type is to be made here and now.</summary>
    public bool IsWanted(string type) => tracked.IsOn && gate.IsWanted(type);

    /// <summary>Makes an event, completed by the flow and redacted.</summary>
    /// <param name="draft">What happened.</param>
    /// <param name="said">What was said, which it shows where content is recorded in events.</param>
    /// <returns>The event; <see langword="null"/> where no sink wants it, or the redactor dropped it.</returns>
    public AgentEvent? Make(in EventDraft draft, ChatMessage? said)
    {
        if (!IsWanted(draft.Type))
        {
            return null;
        }

        // The user is as the store has it, hashed already where that is set.
        var completed = draft.In(pipeline.ReadContext(draft.ConversationId)) with
        {
            AllowsContent = pipeline.CapturesInEvents,
            Content = pipeline.CapturesInEvents && said is not null ? ContentOf(said) : null,
        };
        return gate.Make(completed.On(Activity.Current));
    }

    private string? ContentOf(ChatMessage said)
    {
        var operation = new ChatOperation(ModelEndpoint.Unknown, requestModel: null, ChatRequest.Default);
        _messages.RecordRequest(operation, [said]);
        return operation.InputMessages?.ToJson();
    }
}
