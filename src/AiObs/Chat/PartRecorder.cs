using System.Runtime.CompilerServices;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Turns one content item into a masked part.</summary>
internal sealed class PartRecorder(ContentMasker masker, Faults faults)
{
    /// <summary>Returns the part; <see langword="null"/> for items that say nothing, and for usage, which stands elsewhere.</summary>
    public MessagePart? Record(AgentOperation operation, AIContent content, ContentSide side) => faults.Get(
        "content",
        (Recorder: this, operation, content, side),
        static state => state.Recorder.RecordCore(state.operation, state.content, state.side));

    private MessagePart? RecordCore(AgentOperation operation, AIContent content, ContentSide side) => content switch
    {
        TextContent { Text.Length: 0 } or UsageContent => null,
        TextContent text => new TextPart(Text(operation, text.Text, side)),
        TextReasoningContent { Text.Length: 0, ProtectedData: null } => null,
        TextReasoningContent reasoning => new ReasoningPart(
            reasoning.Text.Length == 0 ? "" : masker.MessageText(operation, reasoning.Text, side), reasoning.ProtectedData),
        FunctionCallContent call => new ToolCallPart(call.CallId, call.Name, Arguments(operation, call.Arguments)),
        FunctionResultContent result => new ToolResultPart(result.CallId, Result(operation, result.Result, side)),
        DataContent data => Media(data.MediaType, Base64Uri(data), side) with { IsInline = true, Size = data.Data.Length },
        UriContent uri => Media(uri.MediaType, uri.Uri.OriginalString, side),
        HostedFileContent file => new FilePart(ModalityOf(file.MediaType), file.MediaType, file.FileId),
        _ => Rare(operation, content, side),
    };

    private MessagePart Rare(AgentOperation operation, AIContent content, ContentSide side) => content switch
    {
        CodeInterpreterToolCallContent call => ServerCall(operation, call.CallId, "code_interpreter", "code_interpreter",
            ("code", TextOf(call.Inputs))),
        CodeInterpreterToolResultContent result => ServerResult(operation, result.CallId, "code_interpreter", result.Outputs, side),
        WebSearchToolCallContent call => ServerCall(operation, call.CallId, "web_search", "web_search", ("queries", call.Queries)),
        WebSearchToolResultContent result => ServerResult(operation, result.CallId, "web_search", result.Outputs, side),
        ImageGenerationToolCallContent call => ServerCall(operation, call.CallId, "image_generation", "image_generation"),
        ImageGenerationToolResultContent result => ServerResult(operation, result.CallId, "image_generation", result.Outputs, side),
        McpServerToolCallContent call => ServerCall(operation, call.CallId, call.Name, "mcp",
            ("server_name", call.ServerName), ("arguments", call.Arguments)),
        McpServerToolResultContent result => ServerResult(operation, result.CallId, "mcp", result.Outputs, side),
        ToolApprovalRequestContent { ToolCall: McpServerToolCallContent call } request => ServerCall(
            operation, request.RequestId, call.Name, "mcp_approval_request", ("server_name", call.ServerName), ("arguments", call.Arguments)),
        ToolApprovalResponseContent { ToolCall: McpServerToolCallContent } response => new ServerToolResultPart(
            response.RequestId, Members(operation, ("type", "mcp_approval_response"), ("approved", response.Approved))),
        ToolApprovalRequestContent { ToolCall: FunctionCallContent call } request => Other(operation, "tool_approval_request",
            ("id", request.RequestId), ("name", call.Name), ("arguments", call.Arguments)),
        ToolApprovalResponseContent response => Other(operation, "tool_approval_response",
            ("id", response.RequestId), ("approved", response.Approved), ("reason", response.Reason)),
        ErrorContent error => Other(operation, "error",
            ("message", error.Message), ("error_code", error.ErrorCode), ("details", error.Details)),
        HostedVectorStoreContent store => Other(operation, "vector_store", ("vector_store_id", store.VectorStoreId)),

        // A kind of somebody else's: its name says that it was there, its members are not ours to judge.
        _ => new OtherPart(TypeNames.SnakeCase(content.GetType(), "", "Content"), "{}"),
    };

    private string Text(AgentOperation operation, string text, ContentSide side) =>
        operation is ChatOperation { IsTextCompletion: true }
            ? masker.CompletionText(operation, text, side)
            : masker.MessageText(operation, text, side);

    private string? Arguments(AgentOperation operation, IDictionary<string, object?>? arguments) =>
        arguments is null ? null : masker.Json(operation, ValueJson.WriteObject(arguments));

    private RecordedValue? Result(AgentOperation operation, object? result, ContentSide side)
    {
        if (result is null)
        {
            return null;
        }

        // Content that holds itself must end in an exception that can be caught.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var value = ToolResultValue.Of(result, content => RecordCore(operation, content, side));
        if (!value.IsJson)
        {
            return RecordedValue.Plain(masker.MessageText(operation, value.Text, side));
        }

        var hidden = masker.MessageText(operation, "", side);
        return hidden.Length > 0 ? RecordedValue.Plain(hidden) : RecordedValue.Json(masker.Json(operation, value.Text));
    }

    /// <summary>Returns the data URI in the one encoding that all readers of telemetry know.</summary>
    private static string Base64Uri(DataContent data) =>
        data.Uri.AsSpan(0, data.Uri.IndexOf(',', StringComparison.Ordinal)).EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            ? data.Uri
            : $"data:{data.MediaType};base64,{data.Base64Data}";

    private MediaPart Media(string? mediaType, string uri, ContentSide side)
    {
        var modality = ModalityOf(mediaType);
        return new MediaPart(modality, mediaType, modality == "image" ? masker.ImageUri(uri, side) : masker.MediaUri(uri), IsInline: false);
    }

    private ServerToolCallPart ServerCall(
        AgentOperation operation, string? id, string name, string type, params (string Name, object? Value)[] members) =>
        new(id, name, Members(operation, [("type", type), .. members]));

    private ServerToolResultPart ServerResult(
        AgentOperation operation, string? id, string type, IList<AIContent>? outputs, ContentSide side)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var parts = (outputs ?? []).Select(output => RecordCore(operation, output, side)).OfType<MessagePart>().ToList();
        return new(id, MessageJson.WriteOutput(type, parts));
    }

    private OtherPart Other(AgentOperation operation, string type, params (string Name, object? Value)[] members) =>
        new(type, Members(operation, members));

    private string Members(AgentOperation operation, params (string Name, object? Value)[] members) => masker.Json(
        operation,
        ValueJson.WriteObject(members.Where(static member => member.Value is not null).Select(static member => KeyValuePair.Create(member.Name, member.Value))));

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
        _ => "document",
    };
}
