using System.ClientModel;
using System.Diagnostics;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AiObs.OpenAI.Tests;

/// <summary>The same conversation through an observed chat client and through the observed SDK: the spans must mean the same.</summary>
public sealed class ComparisonTests
{
    /// <summary>What only the protocol says.</summary>
    private static readonly string[] OnlyOnRaw =
    [
        "openai.api.type", "openai.response.service_tier", "openai.response.system_fingerprint", "aiobs.response.request_id",
    ];

    /// <summary>What depends on the clock, or on the SDK's frames between the network and the chat client.</summary>
    private static readonly string[] Incomparable = ["gen_ai.response.time_to_first_chunk", "server.port"];

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Conversation_BothWays_HasEqualSpans(bool isStreaming, bool hasContent)
    {
        var observed = await ConverseAsync(isRaw: false, isStreaming, hasContent);
        var raw = await ConverseAsync(isRaw: true, isStreaming, hasContent);

        Assert.Equal(3, observed.Count);
        Assert.Equal(observed.Select(static span => span.DisplayName), raw.Select(static span => span.DisplayName));
        foreach (var (theirs, ours) in observed.Zip(raw))
        {
            Assert.All(OnlyOnRaw, key => Assert.NotNull(ours.GetTagItem(key)));
            SpanAssert.Attributes(
                Comparable(theirs).ToDictionary(static tag => tag.Key, static tag => tag.Value),
                Comparable(ours).Where(static tag => !OnlyOnRaw.Contains(tag.Key)),
                $"the raw {ours.DisplayName}");
            Assert.Equal((theirs.Status, theirs.StatusDescription), (ours.Status, ours.StatusDescription));
            Assert.Equal(theirs.Events.Select(static item => item.Name), ours.Events.Select(static item => item.Name));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refusal_BothWays_IsTheSame(bool isStreaming)
    {
        var observed = await RefuseAsync(isRaw: false, isStreaming);
        var raw = await RefuseAsync(isRaw: true, isStreaming);

        Assert.Equal(("400", "400"), (observed.GetTagItem("error.type"), raw.GetTagItem("error.type")));
        SpanAssert.Attributes(
            Comparable(observed).ToDictionary(static tag => tag.Key, static tag => tag.Value),
            Comparable(raw).Where(static tag => !OnlyOnRaw.Contains(tag.Key)));
        Assert.Equal((observed.Status, observed.StatusDescription), (raw.Status, raw.StatusDescription));
    }

    private static async Task<IReadOnlyList<Activity>> ConverseAsync(bool isRaw, bool isStreaming, bool hasContent)
    {
        await using var client = await StartAsync(hasContent);
        using var chat = Connect(client, isRaw);
        client.Server.Enqueue(
            new ModelReply
            {
                ToolCalls = [new ModelToolCall { Id = "call_1", Name = "get_weather", Arguments = ["""{"city":"Oslo"}"""] }],
                Usage = new() { InputTokens = 90, OutputTokens = 12, CacheReadTokens = 30, ReasoningTokens = 4, OutputAudioTokens = 2 },
            },
            ModelReply.Say("Snow, ", "4 degrees."),
            ModelReply.Say("""{"warm":""", "false}") with { FinishReason = FinishReason.Length });
        ChatOptions options = new()
        {
            Temperature = 0.3f,
            MaxOutputTokens = 200,
            StopSequences = ["END"],
            Tools = [AIFunctionFactory.Create(static (string city) => "snow", "get_weather", "Gets it.")],
        };
        List<ChatMessage> history = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Weather?")];

        history.AddRange((await AskAsync(chat, isStreaming, history, options)).Messages);
        history.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call_1", "snow")]));
        history.AddRange((await AskAsync(chat, isStreaming, history, options)).Messages);
        history.Add(new ChatMessage(ChatRole.User, "Warm?"));
        await AskAsync(chat, isStreaming, history, new ChatOptions { ResponseFormat = ChatResponseFormat.Json, Seed = 3, TopP = 0.9f });
        return client.Spans.Spans;
    }

    private static async Task<Activity> RefuseAsync(bool isRaw, bool isStreaming)
    {
        await using var client = await StartAsync(hasContent: true);
        using var chat = Connect(client, isRaw);
        client.Server.Enqueue(ModelReply.Fail(400));

        await Assert.ThrowsAsync<ClientResultException>(() => AskAsync(chat, isStreaming, [new ChatMessage(ChatRole.User, "Weather?")], new()));
        return client.Span;
    }

    private static Task<RawClient> StartAsync(bool hasContent) =>
        RawClient.StartAsync(options => options.CaptureContent = hasContent ? ContentCapture.All : ContentCapture.None);

    private static IChatClient Connect(RawClient client, bool isRaw)
    {
        var sdk = isRaw ? client.Sdk : client.Connect(static _ => { });
        var adapter = new SdkChatClient(sdk.GetChatClient(RawClient.ChatModel), client.Server.OpenAIBaseAddress, RawClient.ChatModel);
        return isRaw ? adapter : adapter.UseAgentObservability(client.Root);
    }

    private static async Task<ChatResponse> AskAsync(IChatClient chat, bool isStreaming, List<ChatMessage> history, ChatOptions options) => isStreaming
        ? await chat.GetStreamingResponseAsync(history, options, TestToken).ToChatResponseAsync(TestToken)
        : await chat.GetResponseAsync(history, options, TestToken);

    private static IEnumerable<KeyValuePair<string, object?>> Comparable(Activity span) =>
        span.TagObjects.Where(static tag => !Incomparable.Contains(tag.Key));
}
