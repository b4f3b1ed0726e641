using AiObs.OpenTelemetry.Bridge.Content.Reading;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using AiObs.Privacy.Redaction;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>Writes messages of another library as our own spans would show them.</summary>
internal sealed class MessageMasker(ContentMasker masker, Faults faults)
{
    private readonly MessageRecorder _messages = new(masker, faults);
    private readonly PartRecorder _parts = new(masker, faults);

    public string Mask(AgentOperation operation, IReadOnlyList<ChatMessage> messages, ContentSide side)
    {
        if (side == ContentSide.Input)
        {
            return _messages.Record(operation, [.. messages], side).ToJson();
        }

        var recorded = new RecordedMessages(messages.Count);
        foreach (var message in messages)
        {
            var written = _messages.Record(operation, [message], side).Slots;
            foreach (ref var before in written[..^1])
            {
                recorded.Add(before.WithFinishReason(RecordedMessage.UnknownReason));
            }

            recorded.Add(written[^1].WithFinishReason(FinishReasonOf(message)));
        }

        return recorded.ToJson();
    }

    public string Mask(AgentOperation operation, IEnumerable<AIContent> contents, ContentSide side) => MessageJson.WriteParts(
        [.. contents.Select(content => _parts.Record(operation, content, RedactionPlace.Of(RedactionKind.Message, side))).OfType<MessagePart>()]);

    /// <summary>Returns the schema's word.</summary>
    private static string FinishReasonOf(ChatMessage message) => ForeignContent.FinishReasonOf(message) switch
    {
        "tool_calls" => "tool_call",
        null => RecordedMessage.UnknownReason,
        var reason => reason,
    };
}
