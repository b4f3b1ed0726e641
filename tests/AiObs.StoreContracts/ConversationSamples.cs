using System.Globalization;
using System.Text.Json;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.StoreContracts;

/// <summary>Conversations and commits to test with.</summary>
public static class ConversationSamples
{
    public const string Id = "c-1";

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Conversation State { get; } = new()
    {
        Id = Id,
        UserId = "ada",
        Title = "Where is my order?",
        Model = "gpt-4o",
        Tags = ["shop", "urgent"],
        Metadata = Json("""{"order": 42, "lines": [1, 2.50, "three"]}"""),
    };

    public static ConversationCommit Creating { get; } = new() { ConversationId = Id, At = Start, Create = State };

    public static ConversationCommit Commit(params int[] messages) => new() { ConversationId = Id, At = Start.AddMinutes(1), Messages = [.. messages.Select(Message)] };

    public static StoredMessage Message(int number) => new()
    {
        Id = IdOf(number),
        Role = number % 2 == 1 ? ChatRole.User : ChatRole.Assistant,
        Content = MessageContent.Of(new ChatMessage(number % 2 == 1 ? ChatRole.User : ChatRole.Assistant, $"message {number}")),
        At = Start.AddSeconds(-number),
    };

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"m-{number}");

    public static IReadOnlyDictionary<string, JsonElement> Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone().EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value, StringComparer.Ordinal);
    }

    /// <summary>Writes all of a conversation, for records compare lists by reference.</summary>
    public static string? Text(Conversation? conversation) => conversation is null ? null : string.Join(
        '\n',
        $"{conversation with { Tags = [], Metadata = Json("{}"), CreatedAt = conversation.CreatedAt.ToUniversalTime(), UpdatedAt = conversation.UpdatedAt.ToUniversalTime() }}",
        string.Join('|', conversation.Tags.Order(StringComparer.Ordinal)),
        string.Join('|', conversation.Metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value.GetRawText()}")));

    /// <summary>Writes all of a message.</summary>
    public static string Text(StoredMessage message) =>
        $"{message with { CallIds = [], At = message.At.ToUniversalTime() }} {message.Content?.Json} {message.Content?.Salt} {string.Join('|', message.CallIds)}";

    /// <summary>Writes all of a turn.</summary>
    public static string? Text(TurnRecord? turn) => turn is null ? null :
        $"{turn with { Memory = turn.Memory is null ? null : turn.Memory with { Decisions = [] }, Findings = [] }} {string.Join('|', turn.Memory?.Decisions ?? [])} {string.Join('|', turn.Findings)}";
}
