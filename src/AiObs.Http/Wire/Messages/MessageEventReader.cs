using System.Text;
using System.Text.Json;
using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Messages;

/// <summary>Reads the events of one stream of a message. Only the calls that come in pieces are kept, and only where they are wanted.</summary>
internal sealed class MessageEventReader(bool keepsContent, bool keepsCalls) : ChatEventReader
{
    /// <summary>A model that asks for more at once is not to be believed.</summary>
    private const int MaxCalls = 256;

    private readonly Dictionary<long, PartialCall> _calls = [];
    private string? _responseId;

    /// <summary>What has been said of usage so far: the first event counts the input, the last one the output, and some the rest again.</summary>
    private ReportedUsage _usage;

    public override WireEvent Read(JsonElement data)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ResponseId = _responseId };
        switch (data.GetText("type"))
        {
            case "message_start":
                Start(update, data);
                break;
            case "content_block_start":
                return new WireEvent(update, CallPiece: StartBlock(update, data, data.Get("content_block") ?? default));
            case "content_block_delta":
                return new WireEvent(update, CallPiece: AddDelta(update, data, data.Get("delta") ?? default));
            case "content_block_stop" when _calls.Remove(IndexOf(data), out var call):
                update.Contents.Add(call.ToContent());
                break;
            case "message_delta":
                update.FinishReason = MessagesProtocol.FinishReasonOf(data.Get("delta") ?? default);
                AddUsage(update, data);
                break;
            case "message_stop":
                return new WireEvent(update, IsLast: true);
            case "error":
                return new WireEvent(update, IsLast: true, WireError.Of(data.Get("error") ?? data));
        }

        return new WireEvent(update);
    }

    /// <inheritdoc/>
    /// <remarks>The output of the first event is of no use: it is what the model had begun with.</remarks>
    public override TokenUsage? ReadUsed(ChatProtocol protocol, JsonElement data)
    {
        NoteUsage(data);
        return UsageNormalizer.Normalize(UsageMerge.Merge(MessagesProtocol.UsageOf(in _usage), in _usage), protocol.Provider);
    }

    private static long IndexOf(JsonElement data) => data.GetCount("index") ?? 0;

    private void Start(ChatResponseUpdate update, JsonElement data)
    {
        var message = data.Get("message");
        update.ResponseId = _responseId = message.GetText("id");
        update.ModelId = message.GetText("model");
        AddUsage(update, data);
    }

    private void AddUsage(ChatResponseUpdate update, JsonElement data)
    {
        NoteUsage(data);
        if (MessagesProtocol.UsageOf(in _usage) is { } usage)
        {
            update.Contents.Add(new UsageContent(usage));
        }

        update.RawRepresentation = _usage;
    }

    private void NoteUsage(JsonElement data)
    {
        UsageReading.AddRawOf(data, ref _usage);
        if (data.GetText("type") == "message_start")
        {
            _usage.Output = null;
            _usage.Reasoning = null;
        }
    }

    /// <summary>Takes the start of a block; returns what it adds to a tool call.</summary>
    private string? StartBlock(ChatResponseUpdate update, JsonElement data, JsonElement block)
    {
        if (!BlockReading.IsCall(block))
        {
            if (keepsContent && block.GetText("type") is not "thinking")
            {
                BlockReading.AddContent(update.Contents, block);
            }

            return null;
        }

        var isServerTool = ServerBlocks.IsCall(block);
        if (isServerTool)
        {
            NoteUsage(data);
        }

        if ((!keepsContent && (!keepsCalls || isServerTool)) || _calls.Count == MaxCalls)
        {
            return null;
        }

        return (_calls[IndexOf(data)] = new PartialCall(block.GetText("id"), block.GetText("name"), isServerTool ? block.Clone() : null)).Name;
    }

    /// <summary>Takes a delta; returns what it adds to a tool call.</summary>
    private string? AddDelta(ChatResponseUpdate update, JsonElement data, JsonElement delta)
    {
        switch (delta.GetText("type"))
        {
            case "text_delta" when keepsContent && delta.GetText("text") is { Length: > 0 } text:
                update.Contents.Add(new TextContent(text));
                break;
            case "thinking_delta" when keepsContent && delta.GetText("thinking") is { Length: > 0 } thinking:
                update.Contents.Add(new TextReasoningContent(thinking));
                break;
            case "signature_delta" when keepsContent && delta.GetText("signature") is { } signature:
                update.Contents.Add(new TextReasoningContent("") { ProtectedData = signature });
                break;
            case "input_json_delta" when delta.GetText("partial_json") is { } piece && _calls.TryGetValue(IndexOf(data), out var call):
                call.Arguments.Append(piece);
                return piece;
        }

        return null;
    }

    /// <param name="Id">The id of the call.</param>
    /// <param name="Name">The tool.</param>
    /// <param name="ServerBlock">The start of the block, of a tool that the service runs by itself.</param>
    private sealed record PartialCall(string? Id, string? Name, JsonElement? ServerBlock)
    {
        public StringBuilder Arguments { get; } = new();

        public AIContent ToContent() => ServerBlock is { } block
            ? ServerBlocks.Call(block, Arguments.ToString())
            : ToolReading.Call(Id, Name, Arguments.ToString());
    }
}
