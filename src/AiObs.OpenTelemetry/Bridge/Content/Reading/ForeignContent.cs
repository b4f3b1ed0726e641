using System.Diagnostics;
using System.Text.Json;
using AiObs.Conventions;
using AiObs.Operations;
using AiObs.Privacy.Keys;
using AiObs.Privacy.Redaction;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>The content that stands on the span of another library, as it stands there: nothing of it was masked yet.</summary>
internal sealed class ForeignContent
{
    /// <summary>The additional property of an output message that holds why it ended, in the library's word.</summary>
    public const string FinishReasonKey = "finish_reason";

    private readonly ForeignJson _json = new();
    private IReadOnlyList<ChatMessage>? _oldestInput;
    private IReadOnlyList<ChatMessage>? _oldestOutput;

    private ForeignContent()
    {
    }

    /// <summary>Gets the messages of the request; <see langword="null"/> when the span has none.</summary>
    public IReadOnlyList<ChatMessage>? Input { get; private set; }

    /// <summary>Gets the messages of the response; <see langword="null"/> when the span has none.</summary>
    public IReadOnlyList<ChatMessage>? Output { get; private set; }

    /// <summary>Gets the instructions that were passed beside the messages.</summary>
    public string? Instructions { get; private set; }

    /// <summary>Gets the tools that were offered to the model; their descriptions and schemas are not masked.</summary>
    public IReadOnlyList<RecordedTool>? Tools { get; private set; }

    /// <summary>Gets the arguments of a tool call.</summary>
    public ForeignValue? Arguments { get; private set; }

    /// <summary>Gets the result of a tool call.</summary>
    public ForeignValue? Result { get; private set; }

    /// <summary>Gets what a retrieval looked for.</summary>
    public string? Query { get; private set; }

    /// <summary>Gets what a retrieval found.</summary>
    public IReadOnlyList<RetrievedDocument>? Documents { get; private set; }

    /// <summary>Gets what a step of a workflow was given.</summary>
    public ForeignValue? ExecutorInput { get; private set; }

    /// <summary>Gets what a step of a workflow made of it.</summary>
    public ForeignValue? ExecutorOutput { get; private set; }

    /// <summary>Gets what one step of a workflow sent to another.</summary>
    public ForeignValue? WorkflowMessage { get; private set; }

    /// <summary>Gets how many attributes and event bodies are JSON that cannot be read.</summary>
    public int MalformedCount => _json.MalformedCount;

    /// <summary>Gets why the last message of the response ended; <see langword="null"/> where none says.</summary>
    public string? FinishReason => Output?.Select(FinishReasonOf).LastOrDefault(static reason => reason is not null);

    /// <summary>Returns why a message of the response ended, in the library's word.</summary>
    public static string? FinishReasonOf(ChatMessage message) =>
        message.AdditionalProperties?.TryGetValue(FinishReasonKey, out string? reason) == true ? reason : null;

    /// <summary>Reads a span. Never throws, whatever stands on it.</summary>
    public static ForeignContent Read(Activity span)
    {
        var content = new ForeignContent();
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (tag.Value is string { Length: > 0 } text)
            {
                content.ReadAttribute(tag.Key, text);
            }
        }

        content.ReadEvents(span);
        content.Input ??= content._oldestInput;
        content.Output ??= content._oldestOutput;
        return content;
    }

    private void ReadAttribute(string key, string text)
    {
        switch (key)
        {
            case GenAiAttributes.InputMessages:
                Input = _json.Read(text, static root => MessageReader.ReadList(root, ChatRole.User));
                break;
            case GenAiAttributes.OutputMessages:
                Output = _json.Read(text, static root => MessageReader.ReadList(root, ChatRole.Assistant));
                break;
            case ForeignAttributes.Prompt:
                _oldestInput = Oldest(text, ChatRole.User);
                break;
            case ForeignAttributes.Completion:
                _oldestOutput = Oldest(text, ChatRole.Assistant);
                break;
            case GenAiAttributes.SystemInstructions:
                Instructions = ForeignJson.IsMeant(text) ? _json.Read(text, InstructionReader.Read) : text;
                break;
            case GenAiAttributes.ToolDefinitions:
                Tools = _json.Read(text, ToolDefinitionReader.Read);
                break;
            case GenAiAttributes.RetrievalDocuments:
                Documents = _json.Read(text, DocumentReader.Read);
                break;
            default:
                ReadValue(key, text);
                break;
        }
    }

    private void ReadValue(string key, string text)
    {
        switch (key)
        {
            case GenAiAttributes.ToolCallArguments:
                Arguments = Value(text);
                break;
            case GenAiAttributes.ToolCallResult:
                Result = Value(text);
                break;
            case GenAiAttributes.RetrievalQueryText or ForeignAttributes.MemoryQueryText:
                Query = text;
                break;
            case ForeignAttributes.ExecutorInput:
                ExecutorInput = Value(text);
                break;
            case ForeignAttributes.ExecutorOutput:
                ExecutorOutput = Value(text);
                break;
            case ForeignAttributes.WorkflowMessage:
                WorkflowMessage = Value(text);
                break;
        }
    }

    private void ReadEvents(Activity span)
    {
        List<ChatMessage>? input = null;
        List<ChatMessage>? output = null;
        foreach (ref readonly var item in span.EnumerateEvents())
        {
            if (EventReader.Read(in item, _json) is { } message)
            {
                (MessageEvents.SideOf(item.Name) == ContentSide.Output ? output ??= [] : input ??= []).Add(message);
            }
        }

        Input ??= input is null ? null : MessageReader.WithContent(input);
        Output ??= output is null ? null : MessageReader.WithContent(output);
    }

    private IReadOnlyList<ChatMessage>? Oldest(string text, ChatRole role) => ForeignJson.IsMeant(text)
        ? _json.Read(text, root => MessageReader.ReadList(root, role))
        : [new ChatMessage(role, text)];

    /// <summary>Reads arguments or a result: an object, a JSON value of another kind, or a text that was never JSON.</summary>
    private ForeignValue? Value(string text)
    {
        if (ForeignJson.IsMeant(text))
        {
            return _json.Read(text, Json);
        }

        return ForeignJson.Parse(text) switch
        {
            null => new ForeignValue(text, IsJson: false),
            { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } => _json.Read(text, static root => new ForeignValue(root.GetString()!, IsJson: false)),
            { } scalar => Json(scalar),
        };
    }

    private static ForeignValue Json(JsonElement element) => new(element.AsCompact(), IsJson: true);
}
