using AiObs.Conversations.Memory;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

/// <summary>Makes messages and runs strategies over them.</summary>
internal static class Said
{
    public static ChatMessage System(string text) => new(ChatRole.System, text);

    public static ChatMessage User(string text) => new(ChatRole.User, text);

    public static ChatMessage Assistant(string text) => new(ChatRole.Assistant, text);

    public static ChatMessage Calls(params string[] ids) => new(ChatRole.Assistant, [.. ids.Select(static id => new FunctionCallContent(id, "get_weather"))]);

    public static ChatMessage Results(params string[] ids) => new(ChatRole.Tool, [.. ids.Select(static id => new FunctionResultContent(id, $"result of {id}"))]);

    /// <summary>Numbers messages as a store does, and gives each the id <c>m</c> with its number.</summary>
    public static StoredMessage[] Stored(params ChatMessage[] messages) => [.. messages.Select(static (message, index) => Stored(message, index + 1))];

    public static StoredMessage Stored(ChatMessage message, long sequence)
    {
        var content = MessageContent.Of(message);
        return new()
        {
            Id = $"m{sequence}",
            Sequence = sequence,
            Role = message.Role,
            Content = content,
            Commitment = content.Commitment,
            CallIds = ToolPairs.IdsOf(message),
        };
    }

    /// <summary>Runs strategies over a stored history and a new question.</summary>
    public static Task<MemoryResult> ShapeAsync(
        IEnumerable<StoredMessage> history, IEnumerable<IMemoryStrategy> strategies, MemoryRequest? request = null, MemorySource? source = null, params ChatMessage[] added) =>
        MemoryPipeline.ApplyAsync(
            [.. history.Select(MemoryItem.Of), .. added.Select(MemoryItem.New)],
            strategies,
            request ?? new(),
            source ?? MemorySource.None,
            TestContext.Current.CancellationToken).AsTask();

    /// <summary>Runs strategies over a history that the caller keeps.</summary>
    public static async Task<(MemoryResult Result, List<ChatMessage> Messages)> ReduceAsync(
        IEnumerable<ChatMessage> messages, IEnumerable<IMemoryStrategy> strategies, MemoryRequest? request = null)
    {
        MemoryResult? result = null;
        var reduced = await strategies.AsChatReducer(request, seen => result = seen).ReduceAsync(messages, TestContext.Current.CancellationToken);
        return (result!, [.. reduced]);
    }

    /// <summary>Writes messages as one text each: the role's first letter, then the text, calls in brackets and results in braces.</summary>
    public static string[] Texts(IEnumerable<ChatMessage> messages) => [.. messages.Select(static message => $"{message.Role.Value[0]}:{string.Concat(message.Contents.Select(Text))}")];

    /// <summary>Writes decisions as one text each.</summary>
    public static string[] Decisions(MemoryResult result) =>
        [.. result.Decisions.Select(static decision => $"{decision.MessageId ?? "-"} {decision.Action}{(decision.Strategy is { } strategy ? " " + strategy : "")}")];

    private static string? Text(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => $"[{call.CallId}]",
        FunctionResultContent result => $"{{{result.CallId}}}",
        ToolApprovalRequestContent request => $"?{request.RequestId}",
        ToolApprovalResponseContent response => $"!{response.RequestId}",
        TextReasoningContent reasoning => $"({reasoning.Text})",
        _ => content.GetType().Name,
    };
}
