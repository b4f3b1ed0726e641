using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Pipeline;
using AiObs.Privacy;
using AiObs.Privacy.Redaction;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Records the messages and tools of a call, masked, in the one shape that all conventions write from.</summary>
internal sealed class MessageRecorder(ContentMasker masker, Faults faults)
{
    private const string ToolCallReason = "tool_call";
    private const string LimitPart = "message_limit";
    private const int MostVariables = 32;

    private readonly PartRecorder _parts = new(masker, faults);

    /// <summary>Records the content of a request's options: its instructions and its tools, whose names and types are none.</summary>
    public void RecordOptions(ChatOperation operation, ChatOptions? options)
    {
        if (masker.Records && options?.Instructions is { Length: > 0 } instructions && !masker.HidesMessages(ContentSide.Input))
        {
            operation.Instructions = masker.MessageText(operation, new(RedactionKind.Instructions), instructions);
        }

        if (options?.Tools is { Count: > 0 } tools && !masker.HidesTools)
        {
            operation.Tools = Record(operation, tools);
        }
    }

    /// <summary>Records the named template that the messages were made of; the values put into it are content.</summary>
    public void RecordPrompt(ChatOperation operation, string name, string? version, IEnumerable<KeyValuePair<string, object?>>? variables)
    {
        List<KeyValuePair<string, string>>? shown = null;
        if (masker.Records && variables is not null && !masker.HidesPart(ContentSide.Input))
        {
            shown = [];
            foreach (var (variable, value) in variables.Take(MostVariables))
            {
                if (masker.Value(operation, new(RedactionKind.Value) { Key = variable }, value) is { IsRedacted: false } masked)
                {
                    shown.Add(new(variable, masked.Text));
                }
            }
        }

        operation.Prompt = new ChatPrompt(name, version, shown);
    }

    public void RecordRequest(ChatOperation operation, IList<ChatMessage> messages)
    {
        if (!masker.Records)
        {
            return;
        }

        if (masker.HidesMessages(ContentSide.Input))
        {
            operation.Input = RecordedValue.Redacted;
            return;
        }

        var shown = Shorten(operation, messages);
        operation.InputMessages = Record(operation, shown, ContentSide.Input, messages.Count - shown.Count);
    }

    /// <summary>Records what the model said, which is not <paramref name="isWhole"/> when the stream was cut off.</summary>
    public void RecordResponse(ChatOperation operation, IList<ChatMessage> messages, bool isWhole)
    {
        if (!masker.Records || messages.Count == 0)
        {
            return;
        }

        if (masker.HidesMessages(ContentSide.Output))
        {
            operation.Output = RecordedValue.Redacted;
            return;
        }

        var recorded = Record(operation, messages, ContentSide.Output);
        var unknown = isWhole ? RecordedMessage.UnknownReason : "error";
        if (operation.Wire?.Choices is { } choices && choices.Count == recorded.Count)
        {
            SetFinishReasons(recorded.Slots, choices, unknown);
        }
        else
        {
            SetFinishReasons(recorded.Slots, operation.FinishReason ?? unknown);
        }

        operation.OutputMessages = recorded;
    }

    /// <summary>Records messages.</summary>
    /// <param name="operation">What they are part of.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="side">Which way they go.</param>
    /// <param name="unrecorded">How many others are left out.</param>
    public RecordedMessages Record(AgentOperation operation, IList<ChatMessage> messages, ContentSide side, int unrecorded = 0)
    {
        var recorded = new RecordedMessages(messages.Count) { UnrecordedCount = unrecorded };
        for (var i = 0; i < messages.Count; i++)
        {
            Record(operation, messages[i], side, recorded);
        }

        return recorded;
    }

    /// <summary>Takes out what is not to be recorded, unless somebody else writes the same messages on the same span: all must have them at the same positions.</summary>
    private IList<ChatMessage> Shorten(ChatOperation operation, IList<ChatMessage> messages)
    {
        if (masker.MaxMessages is not { } most
            || messages.Count <= most
            || operation.Foreign is not null
            || EnclosingSpan.Find(operation.RequestModel) is not null)
        {
            return messages;
        }

        faults.Drop(LimitPart);
        return MessageWindow.Of(messages, most);
    }

    /// <summary>Records one message. Of a message of results each becomes one of its own: converters keep only one result per message.</summary>
    private void Record(AgentOperation operation, ChatMessage message, ContentSide side, RecordedMessages recorded)
    {
        var place = PlaceOf(message, side);
        var role = message.Role.Value;
        var name = NameOf(operation, message, place);
        var contents = message.Contents;
        if (contents.Count == 1)
        {
            recorded.Add(RecordOnly(operation, role, name, contents[0], place));
            return;
        }

        var count = recorded.Count;
        var isOfResults = message.Role == ChatRole.Tool || contents.All(static content => content is FunctionResultContent);
        List<MessagePart>? parts = null;
        for (var i = 0; i < contents.Count; i++)
        {
            if (isOfResults && contents[i] is FunctionResultContent)
            {
                Flush(role, name, ref parts, recorded);
                recorded.Add(RecordOnly(operation, role, name, contents[i], place));
            }
            else if (_parts.Record(operation, contents[i], place) is { } part)
            {
                (parts ??= new(contents.Count)).Add(part);
                if (_parts.RecordError(operation, contents[i]) is { } error)
                {
                    parts.Add(error);
                }
            }
        }

        Flush(role, name, ref parts, recorded);
        if (recorded.Count == count)
        {
            // An empty message counts: the others must keep their positions.
            recorded.Add(new(new RecordedMessage(role, name, [])));
        }
    }

    /// <summary>Records a message of one content item, as nearly all are.</summary>
    private MessageSlot RecordOnly(AgentOperation operation, string role, string? name, AIContent content, in RedactionPlace place)
    {
        if (name is null && content is TextContent { Text: { Length: > 0 } text })
        {
            return new(role, masker.MessageText(operation, place, text));
        }

        var part = _parts.Record(operation, content, place);
        if (part is null)
        {
            return new(new RecordedMessage(role, name, []));
        }

        var error = _parts.RecordError(operation, content);
        return new(new RecordedMessage(role, name, error is null ? [part] : [part, error]));
    }

    private static RedactionPlace PlaceOf(ChatMessage message, ContentSide side) =>
        RedactionPlace.Of(RedactionKind.Message, side) with { Role = message.Role.Value };

    private string? NameOf(AgentOperation operation, ChatMessage message, in RedactionPlace place) =>
        message.AuthorName is { } name ? masker.Redact(operation, place with { Kind = RedactionKind.Name }, name) : null;

    private static void Flush(string role, string? name, ref List<MessagePart>? parts, RecordedMessages recorded)
    {
        if (parts is not null)
        {
            recorded.Add(new(new RecordedMessage(role, name, parts)));
            parts = null;
        }
    }

    /// <summary>Puts in the schema's words.</summary>
    private static void SetFinishReasons(Span<MessageSlot> messages, string lastReason)
    {
        foreach (ref var message in messages[..^1])
        {
            message = message.WithFinishReason(message.CallsTools ? ToolCallReason : RecordedMessage.UnknownReason);
        }

        messages[^1] = messages[^1].WithFinishReason(InSchema(lastReason));
    }

    private static void SetFinishReasons(Span<MessageSlot> messages, IReadOnlyList<AnswerChoice> choices, string unknown)
    {
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i] = messages[i].WithFinishReason(InSchema(choices[i].FinishReason ?? unknown));
        }
    }

    private static string InSchema(string reason) => reason == "tool_calls" ? ToolCallReason : reason;

    private RecordedTool[] Record(AgentOperation operation, IList<AITool> tools)
    {
        var recorded = new RecordedTool[tools.Count];
        for (var i = 0; i < recorded.Length; i++)
        {
            recorded[i] = Record(operation, tools[i]);
        }

        return recorded;
    }

    private RecordedTool Record(AgentOperation operation, AITool tool)
    {
        var function = tool as AIFunctionDeclaration;
        if (!masker.Records)
        {
            return new RecordedTool(TypeOf(tool), tool.Name, Description: null, ParametersJson: null);
        }

        var place = new RedactionPlace(RedactionKind.ToolDescription) { Tool = tool.Name };
        return new RecordedTool(
            TypeOf(tool),
            tool.Name,
            string.IsNullOrEmpty(tool.Description) ? null : masker.Text(operation, place, tool.Description),
            function is null ? null : masker.Json(operation, place, ValueJson.Write(function.JsonSchema)));
    }

    /// <summary>Returns the word that providers have for a kind of tool.</summary>
    private static string TypeOf(AITool tool) => tool switch
    {
        AIFunctionDeclaration => "function",
        OtherTool other => other.Type,
        HostedMcpServerTool => "mcp",
        _ => TypeNames.SnakeCase(tool.GetType(), "Hosted", "Tool"),
    };
}
