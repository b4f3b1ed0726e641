using System.Text;
using System.Text.Json;
using AiObs.Pictures;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace AiObs.OpenAI.Tests.Golden;

/// <summary>What the SDK's own exceptions and several choices leave.</summary>
public sealed class RawFaultTests
{
    private const string Choices = """
        {"id":"c1","object":"chat.completion","created":1,"model":"gpt-4o","choices":[
        {"index":0,"message":{"role":"assistant","content":"Sunny."},"finish_reason":"stop"},
        {"index":1,"message":{"role":"assistant","content":"It is very"},"finish_reason":"length"}],
        "usage":{"prompt_tokens":10,"completion_tokens":4,"total_tokens":14}}
        """;

    private const string StreamedChoices = """
        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":0,"delta":{"role":"assistant","content":"Sunny."}}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":1,"delta":{"role":"assistant","content":"It is very"}}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":1,"delta":{},"finish_reason":"length"}]}

        data: [DONE]


        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task ChatClient_ServiceRefuses_TellsTheStatus(int status)
    {
        await using var client = await RawClient.StartAsync();
        using var recorder = new Recorder();
        client.Server.Enqueue(ModelReply.Fail(status));
        var sdk = client.Connect(static _ => { }).GetChatClient(RawClient.ChatModel);
        using var observed = new SdkChatClient(sdk, client.Server.OpenAIBaseAddress, RawClient.ChatModel).UseAgentObservability(client.Root);

        await Assert.ThrowsAnyAsync<Exception>(() => observed.GetResponseAsync("How is Rome?", cancellationToken: Token));

        recorder.NoteLine($"error.type: {client.Span.GetTagItem("error.type")}");
        await ApproveAsync(recorder, $"Status{status}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RawClient_SeveralChoices_KeepsThemApart(bool isStreaming)
    {
        using var recorder = new Recorder();
        var root = recorder.CreateRoot(builder => builder.Configure(RawClient.WithContent));
        using var transport = isStreaming
            ? new CannedTransport(Encoding.UTF8.GetBytes(StreamedChoices), "text/event-stream")
            : new CannedTransport(Encoding.UTF8.GetBytes(Choices), "application/json");
        var chat = transport.Connect(root, new Uri("http://localhost:8080/v1")).GetChatClient(RawClient.ChatModel);

        await (isStreaming ? ReadAsync(chat) : chat.CompleteChatAsync([new UserChatMessage("How is Rome?")], cancellationToken: Token));

        var span = Assert.Single(recorder.Spans);
        recorder.NoteLine($"finish reasons: {string.Join(' ', (string[])span.GetTagItem("gen_ai.response.finish_reasons")!)}");
        using var messages = JsonDocument.Parse((string)span.GetTagItem("gen_ai.output.messages")!);
        foreach (var message in messages.RootElement.EnumerateArray())
        {
            recorder.NoteLine($"message {message.GetProperty("parts")[0].GetProperty("content")} [{message.GetProperty("finish_reason")}]");
        }

        await ApproveAsync(recorder, isStreaming ? "Choices.stream" : "Choices.plain");
    }

    private static async Task ReadAsync(ChatClient chat)
    {
        await foreach (var _ in chat.CompleteChatStreamingAsync([new UserChatMessage("How is Rome?")], cancellationToken: Token))
        {
        }
    }

    private static async Task ApproveAsync(Recorder recorder, string name) =>
        Approval.Beside("Faults").Approve(name, new Picture().Add("facts", await recorder.DrawAsync(Token, PictureParts.Caller)).ToString());
}
