using System.Runtime.CompilerServices;
using System.Text.Json;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Turns one content item into a masked part.</summary>
internal sealed class PartRecorder(ContentMasker masker, Faults faults)
{
    private const string Document = "document";

    /// <summary>Returns the part; <see langword="null"/> for items that say nothing, and for usage, which stands elsewhere.</summary>
    public MessagePart? Record(AgentOperation operation, AIContent content, RedactionPlace place) => faults.Get(
        "content",
        (Recorder: this, operation, content, place),
        static state => state.Recorder.RecordCore(state.operation, state.content, state.place));

    /// <summary>Returns what went wrong with a call, or with what it was made of; <see langword="null"/> where nothing did.</summary>
    public MessagePart? RecordError(AgentOperation operation, AIContent content) => content switch
    {
        FunctionCallContent { Exception: { } exception } => Error(operation, exception),
        FunctionResultContent { Exception: { } exception } => Error(operation, exception),
        _ => null,
    };

    private MessagePart? RecordCore(AgentOperation operation, AIContent content, RedactionPlace place) => content switch
    {
        TextContent { Text.Length: 0 } or UsageContent => null,
        TextContent text => new TextPart(masker.MessageText(operation, place, text.Text)),
        TextReasoningContent { Text.Length: 0, ProtectedData: null } => null,
        TextReasoningContent reasoning => new ReasoningPart(
            reasoning.Text.Length == 0 ? "" : masker.MessageText(operation, place, reasoning.Text), reasoning.ProtectedData),
        FunctionCallContent call => new ToolCallPart(call.CallId, call.Name, Arguments(operation, place with { Tool = call.Name }, call)),
        FunctionResultContent result => new ToolResultPart(result.CallId, Result(operation, place with { Kind = RedactionKind.ToolResult }, result.Result)),
        DataContent data => Inline(operation, data, place),
        UriContent uri => Address(operation, uri, place),
        HostedFileContent file => File(operation, file, place),
        _ => Rare(operation, content, place),
    };

    private MessagePart Rare(AgentOperation operation, AIContent content, RedactionPlace place) => content switch
    {
        CodeInterpreterToolCallContent call => ServerCall(operation, place, call.CallId, "code_interpreter", "code_interpreter",
            ("code", TextOf(call.Inputs))),
        CodeInterpreterToolResultContent result => ServerResult(operation, result.CallId, "code_interpreter", result.Outputs, place),
        WebSearchToolCallContent call => ServerCall(operation, place, call.CallId, "web_search", "web_search", ("queries", call.Queries)),
        WebSearchToolResultContent result => ServerResult(operation, result.CallId, "web_search", result.Outputs, place),
        ImageGenerationToolCallContent call => ServerCall(operation, place, call.CallId, "image_generation", "image_generation"),
        ImageGenerationToolResultContent result => ServerResult(operation, result.CallId, "image_generation", result.Outputs, place),
        McpServerToolCallContent call => ServerCall(operation, place, call.CallId, call.Name, "mcp",
            ("server_name", call.ServerName), ("arguments", call.Arguments)),
        McpServerToolResultContent result => ServerResult(operation, result.CallId, "mcp", result.Outputs, place),
        ToolApprovalRequestContent { ToolCall: McpServerToolCallContent call } request => ServerCall(
            operation, place, request.RequestId, call.Name, "mcp_approval_request", ("server_name", call.ServerName), ("arguments", call.Arguments)),
        ToolApprovalResponseContent { ToolCall: McpServerToolCallContent } response => new ServerToolResultPart(
            response.RequestId, Members(operation, place, "mcp_approval_response", ("approved", response.Approved))),
        ToolApprovalRequestContent { ToolCall: FunctionCallContent call } request => Other(operation, place, "tool_approval_request",
            ("id", request.RequestId), ("name", call.Name), ("arguments", call.Arguments)),
        ToolApprovalResponseContent response => Other(operation, place, "tool_approval_response",
            ("id", response.RequestId), ("approved", response.Approved), ("reason", response.Reason)),
        ErrorContent error => Other(operation, place, "error",
            ("message", error.Message), ("error_code", error.ErrorCode), ("details", error.Details)),
        HostedVectorStoreContent store => Other(operation, place, "vector_store", ("vector_store_id", store.VectorStoreId)),
        ServerToolContent { Name: { } name } call => new ServerToolCallPart(call.Id, name, Unknown(operation, place, call.Payload)),
        ServerToolContent result => new ServerToolResultPart(result.Id, Unknown(operation, place, result.Payload)),
        OtherContent { Members: { } members } other => new OtherPart(other.Type, Unknown(operation, place, members)),
        OtherContent other => new OtherPart(other.Type, "{}"),

        // A kind of somebody else's: its name says that it was there, its members are not ours to judge.
        _ => new OtherPart(TypeNames.SnakeCase(content.GetType(), "", "Content"), "{}"),
    };

    private string? Arguments(AgentOperation operation, RedactionPlace place, FunctionCallContent call) => call switch
    {
        { Arguments: { } arguments } => masker.Json(operation, place with { Kind = RedactionKind.ToolArgument }, ValueJson.WriteObject(arguments)),

        UnreadCallContent unread => masker.Json(operation, place with { Kind = RedactionKind.ToolArgument }, ValueJson.Write(unread.Text)),
        _ => null,
    };

    /// <summary>Records an exception: its type is no content, and its message passes the rules for those.</summary>
    private OtherPart Error(AgentOperation operation, Exception exception)
    {
        List<(string, RecordedValue)> members = [("error_type", RecordedValue.Plain(exception.GetType().FullName ?? exception.GetType().Name))];
        if (masker.ExceptionMessage(operation, exception.Message) is { } message)
        {
            members.Insert(0, ("message", RecordedValue.Plain(message)));
        }

        return new("error", MessageJson.WriteMembers(type: null, members));
    }

    private RecordedValue? Result(AgentOperation operation, RedactionPlace place, object? result)
    {
        if (result is null)
        {
            return null;
        }

        // Content that holds itself must end in an exception that can be caught.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var value = ToolResultValue.Of(result, content => RecordCore(operation, content, place));
        return value.IsJson
            ? masker.MessageJson(operation, place, value.Text)
            : RecordedValue.Plain(masker.MessageText(operation, place, value.Text));
    }

    private FilePart File(AgentOperation operation, HostedFileContent file, RedactionPlace place) => new(
        ModalityOf(file.MediaType),
        file.MediaType,
        masker.HidesMessageText(operation, place.Side)
            ? RecordedValue.RedactedText
            : masker.Redact(operation, place with { Kind = RedactionKind.FileId }, file.FileId));

    private MediaPart Inline(AgentOperation operation, DataContent data, RedactionPlace place)
    {
        var modality = ModalityOf(data.MediaType);
        return new(modality, data.MediaType, HidesDocument(operation, modality, place) ? RecordedValue.RedactedText : masker.Media.Inline(data, modality, place.Side), IsInline: true);
    }

    private MediaPart Address(AgentOperation operation, UriContent content, RedactionPlace place)
    {
        var modality = ModalityOf(content.MediaType);
        return new(
            modality,
            content.MediaType,
            HidesDocument(operation, modality, place)
                ? RecordedValue.RedactedText
                : masker.Media.Address(operation, modality, content.MediaType, content.Uri.OriginalString, place.Side),
            IsInline: false);
    }

    /// <summary>Tells whether a document goes along with text that is hidden: pages that a search found, for one. OpenInference shows it as text.</summary>
    private bool HidesDocument(AgentOperation operation, string modality, RedactionPlace place) =>
        modality == Document && masker.HidesMessageText(operation, place.Side);

    private ServerToolCallPart ServerCall(
        AgentOperation operation, RedactionPlace place, string? id, string name, string type, params (string Name, object? Value)[] members) =>
        new(id, name, Members(operation, place with { Tool = name }, type, members));

    private ServerToolResultPart ServerResult(
        AgentOperation operation, string? id, string type, IList<AIContent>? outputs, RedactionPlace place)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var parts = (outputs ?? []).Select(output => RecordCore(operation, output, place)).OfType<MessagePart>().ToList();
        return new(id, MessageJson.WriteOutput(type, parts));
    }

    private OtherPart Other(AgentOperation operation, RedactionPlace place, string type, params (string Name, object? Value)[] members) =>
        new(type, Members(operation, place, type: null, members));

    /// <summary>Writes members whose names and kind are ours; their values are content, which OpenInference shows as the text of the part.</summary>
    private string Members(AgentOperation operation, RedactionPlace place, string? type, params (string Name, object? Value)[] members) =>
        MessageJson.WriteMembers(type, members
            .Where(static member => member.Value is not null)
            .Select(member => (member.Name, masker.MessageJson(operation, PlaceOf(member.Name, place), ValueJson.Write(member.Value)))));

    private static RedactionPlace PlaceOf(string member, RedactionPlace place) =>
        place with { Kind = member == "arguments" ? RedactionKind.ToolArgument : place.Kind, Key = member };

    /// <summary>Masks an object that another library wrote; where it is hidden, what is left of it is the kind that it names.</summary>
    private string Unknown(AgentOperation operation, RedactionPlace place, JsonElement members)
    {
        var json = MessageJson.Write(members, static (writer, members) => members.WriteTo(writer));
        var masked = masker.UnknownJson(operation, place, json);

        // Redaction that fails leaves a text, which is no object.
        if (masked.IsJson && masked.Text.StartsWith('{'))
        {
            return masked.Text;
        }

        var kind = members.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        return MessageJson.WriteMembers(kind, [("content", RecordedValue.Redacted)]);
    }

    private static string? TextOf(IList<AIContent>? contents) =>
        contents is null ? null : string.Concat(contents.Select(static content => content switch
        {
            TextContent text => text.Text,
            DataContent data when data.HasTopLevelMediaType("text") => System.Text.Encoding.UTF8.GetString(data.Data.Span),
            _ => "",
        }));

    private static string ModalityOf(string? mediaType) => mediaType?.Split('/')[0] switch
    {
        "image" => "image",
        "audio" => "audio",
        "video" => "video",
        _ => Document,
    };
}
