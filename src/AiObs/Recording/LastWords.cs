using AiObs.Operations;
using AiObs.Privacy;
using AiObs.Privacy.Redaction;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Reads the last message of a role that says anything: sessions show a question and its answer, not the tool calls on the way.</summary>
internal sealed class LastWords(ContentMasker masker, Faults faults)
{
    private readonly MessageRecorder _messages = new(masker, faults);

    public RecordedValue? Read(AgentOperation operation, IList<ChatMessage> messages, ChatRole role, ContentSide side)
    {
        if (!masker.Records)
        {
            return null;
        }

        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Role == role && Words(operation, messages[i], side) is { } words)
            {
                return words;
            }
        }

        return null;
    }

    private RecordedValue? Words(AgentOperation operation, ChatMessage message, ContentSide side)
    {
        if (masker.HidesMessages(side))
        {
            return RecordedValue.Redacted;
        }

        if (message.Text is { Length: > 0 } text)
        {
            return RecordedValue.Plain(masker.MessageText(operation, RedactionPlace.Of(RedactionKind.Message, side) with { Role = message.Role.Value }, text));
        }

        var recorded = _messages.Record(operation, [message], side);
        foreach (ref var said in recorded.Slots)
        {
            if (said.Message.Parts.Count > 0)
            {
                return recorded.ToValue();
            }
        }

        return null;
    }
}
