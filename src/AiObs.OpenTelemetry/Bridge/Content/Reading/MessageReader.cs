using System.Text.Json;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Turns messages of any of the known forms into those that our recorder masks.</summary>
internal static class MessageReader
{
    private const string Parts = "parts";
    private const string Content = "content";
    private const string ToolCalls = "tool_calls";

    /// <summary>Reads a list of messages, or a single one; <see langword="null"/> when none of them says anything.</summary>
    /// <param name="root">The document.</param>
    /// <param name="role">Who speaks where a message does not say.</param>
    public static IReadOnlyList<ChatMessage>? ReadList(JsonElement root, ChatRole role)
    {
        var list = root.ValueKind == JsonValueKind.Object && root.Member("messages") is { ValueKind: JsonValueKind.Array } inner ? inner : root;
        var items = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().AsEnumerable() : [list];
        return WithContent([.. items.Select(item => Read(item, role)).OfType<ChatMessage>()]);
    }

    /// <summary>Reads one message; <see langword="null"/> when it is none.</summary>
    public static ChatMessage? Read(JsonElement message, ChatRole role)
    {
        if (message.ValueKind == JsonValueKind.String)
        {
            return new ChatMessage(role, message.GetString());
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        role = RoleOf(message) ?? role;
        var author = message.Text("name");
        var read = new ChatMessage(role, Contents(message, role)) { AuthorName = string.IsNullOrEmpty(author) ? null : author };
        if (FinishReasons.Of(message, read.Contents) is { } reason)
        {
            read.AdditionalProperties = new() { [ForeignContent.FinishReasonKey] = reason };
        }

        return read;
    }

    /// <summary>Reads the body of a <c>gen_ai.choice</c> event, in which the message is a member.</summary>
    public static ChatMessage? ReadChoice(JsonElement body)
    {
        if (body.Member("message") is not { } inner || Read(inner, ChatRole.Assistant) is not { } message)
        {
            return Read(body, ChatRole.Assistant);
        }

        if (!message.Contents.Any(static content => content is FunctionCallContent))
        {
            // Some libraries have the calls in the message, some beside it, and some in both places.
            message.Contents = [.. message.Contents, .. Calls(body)];
        }

        if (FinishReasons.Of(body, message.Contents) is { } reason)
        {
            message.AdditionalProperties = new() { [ForeignContent.FinishReasonKey] = reason };
        }

        return message;
    }

    /// <summary>Returns the messages, unless they are envelopes alone, which some libraries write where content is not to be captured.</summary>
    public static IReadOnlyList<ChatMessage>? WithContent(List<ChatMessage> messages) =>
        messages.Exists(static message => message.Contents.Any(SaysAnything)) ? messages : null;

    private static ChatRole? RoleOf(JsonElement message) => Words.Of(message.Text("role")) is { } role ? new ChatRole(role.ToLowerInvariant()) : null;

    private static List<AIContent> Contents(JsonElement message, ChatRole role)
    {
        if (message.Member(Parts) is { ValueKind: JsonValueKind.Array })
        {
            return PartReader.ReadAll(message.Items(Parts));
        }

        var content = message.Member(Content);
        if (role == ChatRole.Tool && content is { } result)
        {
            return [new FunctionResultContent(message.Text("id") ?? message.Text("tool_call_id") ?? "", ToolCallReader.ResultOf(result))];
        }

        List<AIContent> contents = content switch
        {
            { ValueKind: JsonValueKind.Array } parts => PartReader.ReadAll(parts.EnumerateArray()),
            { ValueKind: JsonValueKind.Object } part when part.Member("type") is not null => PartReader.ReadAll([part]),
            { } other when other.AsText() is { Length: > 0 } text => [new TextContent(text)],
            _ => [],
        };
        contents.AddRange(Calls(message));
        return contents;
    }

    private static IEnumerable<AIContent> Calls(JsonElement message) => message.Items(ToolCalls)
        .Where(static call => call.ValueKind == JsonValueKind.Object)
        .Select(ToolCallReader.Function);

    private static bool SaysAnything(AIContent content) => content switch
    {
        FunctionCallContent call => call.Name.Length > 0 || call.Arguments is not null,
        FunctionResultContent result => result.Result is not null,
        OtherContent other => other.Members?.EnumerateObject().Any(static member => !member.NameEquals("id")) == true,
        _ => true,
    };
}
