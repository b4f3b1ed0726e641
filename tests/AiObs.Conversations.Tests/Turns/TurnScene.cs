using AiObs.Store;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Turns;

/// <summary>Is a root with conversations and a model that answers what a test says.</summary>
internal sealed class TurnScene : IAsyncDisposable
{
    public const string Id = "c";

    public TurnScene(Action<ConversationOptions>? options = null, Action<AgentObservabilityBuilder>? observe = null, IConversationStore? store = null) =>
        Scene = new(options, observe, store);

    public ConversationScene Scene { get; }

    public StubChatClient Model { get; } = new();

    public AgentConversations Conversations => Scene.Conversations;

    public TurnOptions Options => new() { Client = Model };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes the model answer with these texts, one after the other, as one message of two updates each.</summary>
    public TurnScene Answering(params string[] texts)
    {
        Model.OnResponse = _ => Task.FromResult(ResponseOf(texts[(Model.Calls.Count - 1) % texts.Length]));
        Model.OnStream = _ => new StubUpdates(UpdatesOf(texts[(Model.Calls.Count - 1) % texts.Length]));
        return this;
    }

    public TurnRequest Request(string text, string? turnId = null, TurnOptions? options = null) =>
        new() { ConversationId = Id, Messages = [new(ChatRole.User, text)], TurnId = turnId, Options = options ?? Options };

    public Task<TurnResult> AskAsync(string text, string? turnId = null, TurnOptions? options = null) => Conversations.ConverseAsync(Request(text, turnId, options), Token);

    /// <summary>Asks and reads the whole stream.</summary>
    public async Task<(TurnResult Result, string Text)> StreamAsync(string text, string? turnId = null, TurnOptions? options = null)
    {
        var stream = Conversations.ConverseStreamingAsync(Request(text, turnId, options), Token);
        var read = string.Concat(await stream.Select(static update => update.Text).ToArrayAsync(Token));
        return (await stream.Result, read);
    }

    /// <summary>Asks the model plainly or as a stream.</summary>
    public async Task<TurnResult> AskAsync(bool isStreaming, string text, string? turnId = null, TurnOptions? options = null) =>
        isStreaming ? (await StreamAsync(text, turnId, options)).Result : await AskAsync(text, turnId, options);

    /// <summary>Returns the messages of a branch, each as the first letter of its role, its text, and how it stands unless it is complete.</summary>
    public async Task<string[]> RowsAsync(int? branch = null)
    {
        var query = new MessageQuery { ConversationId = Id, Branch = branch };
        return await Conversations.ReadMessagesAsync(query, Token).Select(Row).ToArrayAsync(Token);
    }

    public async Task<TurnRecord> TurnAsync(string turnId) => (await Conversations.Store.FindTurnAsync("", Id, turnId, Token))!;

    /// <summary>Returns what the model was sent in a call, each message as the first letter of its role and its text.</summary>
    public string[] Sent(int call) => [.. Model.Calls[call].Messages.Select(static message => $"{message.Role.Value[0]}:{message.Text}")];

    /// <summary>Returns the types of the events so far.</summary>
    public async Task<string[]> EventTypesAsync() => [.. (await Scene.RawEventsAsync()).Select(static item => item.Type)];

    public ValueTask DisposeAsync() => Scene.DisposeAsync();

    public static ChatResponse ResponseOf(string text) => UpdatesOf(text).ToChatResponse();

    public static ChatResponseUpdate[] UpdatesOf(string text) =>
    [
        new(ChatRole.Assistant, text[..(text.Length / 2)]) { ResponseId = "r", MessageId = "m", ModelId = "gpt-4o" },
        new(ChatRole.Assistant, text[(text.Length / 2)..]) { ResponseId = "r", MessageId = "m", ModelId = "gpt-4o" },
        new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 7, OutputTokenCount = 3, TotalTokenCount = 10 })]) { ResponseId = "r", MessageId = "m", ModelId = "gpt-4o", FinishReason = ChatFinishReason.Stop },
    ];

    private static string Row(StoredMessage message) => $"{message.Role.Value[0]}:{message.ToMessage().Text}{(message.Status == MessageStatus.Complete ? "" : $" ({message.Status})")}";
}
