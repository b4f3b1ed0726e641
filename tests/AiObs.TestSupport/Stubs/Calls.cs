using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>Clients whose calls raise events, and calls of any client.</summary>
public static class Calls
{
    public static ChatResponse Answer => new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ModelId = "stub-model-1",
        ResponseId = "r1",
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 7, OutputTokenCount = 3, CachedInputTokenCount = 2 },
    };

    public static StubChatClient Answering => StubChatClient.Answering(Answer);

    /// <summary>Gets a client of a model whose price is known.</summary>
    public static StubChatClient Priced => new()
    {
        Metadata = new("openai", new Uri("https://api.openai.com/v1"), "gpt-4o-mini"),
        OnResponse = _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."))
        {
            ModelId = "gpt-4o-mini",
            Usage = new() { InputTokenCount = 1_000, OutputTokenCount = 1_000 },
        }),
    };

    public static StubChatClient Streaming => StubChatClient.Streaming([.. Answer.ToChatResponseUpdates()]);

    public static StubChatClient Failing => new() { OnResponse = _ => throw new InvalidOperationException("no") };

    /// <summary>Calls a client, plain or streamed.</summary>
    public static async Task MakeAsync(IChatClient client, bool isStreaming, ChatOptions? options = null, string text = "Hi")
    {
        var token = TestContext.Current.CancellationToken;
        if (!isStreaming)
        {
            await client.GetResponseAsync(text, options, token);
            return;
        }

        await foreach (var _ in client.GetStreamingResponseAsync(text, options, token))
        {
        }
    }
}
