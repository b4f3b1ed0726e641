using System.ClientModel.Primitives;
using System.Text;
using FakeModelServer;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;

namespace AiObs.OpenAI.Tests;

/// <summary>Calls that somebody else observes too.</summary>
public sealed class DoubleObservationTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ChatClientAroundItObserved_IsOneSpanWithTheAttempts(bool isStreaming)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Fail(429, 0), ModelReply.Say("Sunny."));
        using var observed = new SdkChatClient(client.Chat, client.Server.OpenAIBaseAddress, RawClient.ChatModel).UseAgentObservability(client.Root);

        await AskAsync(observed, isStreaming);

        Assert.Equal("2", client.Span.GetTagItem("aiobs.attempt.count")?.ToString());
        Assert.NotNull(client.Span.GetTagItem("aiobs.response.request_id"));
        Assert.DoesNotContain(client.Span.TagObjects, static tag => tag.Key == "openai.api.type");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ChatClientAroundItObserved_IsPricedByTheTierThatServedIt(bool isStreaming)
    {
        const string Start = """{"id":"c1","created":1,"model":"gpt-4o","service_tier":"flex","system_fingerprint":"fp_1",""";
        const string End = """ "usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""";
        var body = isStreaming
            ? $$$"""
                data: {{{Start}}}"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"Sunny."}}]}

                data: {{{Start}}}"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],{{{End}}}

                data: [DONE]


                """
            : $$$"""{{{Start}}}"object":"chat.completion","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Sunny."}}],{{{End}}}""";
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        using var transport = new CannedTransport(Encoding.UTF8.GetBytes(body), isStreaming ? "text/event-stream" : "application/json");
        var sdk = transport.Connect(client.Root, client.Server.OpenAIBaseAddress).GetChatClient(RawClient.ChatModel);
        using var observed = new SdkChatClient(sdk, client.Server.OpenAIBaseAddress, RawClient.ChatModel).UseAgentObservability(client.Root);

        await AskAsync(observed, isStreaming);

        Assert.Equal(("flex", "fp_1"), (client.Span.GetTagItem("openai.response.service_tier"), client.Span.GetTagItem("openai.response.system_fingerprint")));

        // Half of the 0.0035 USD of the standard tier.
        Assert.Equal(0.00175m, client.Root.Costs!.Accumulator.Total.Total);
    }

    [Fact]
    public async Task Call_TracedByTheApplication_HasItsOwnSpanAndTheTokens()
    {
        await using var client = await RawClient.StartAsync();

        await client.Root.Tracer.TraceLlmAsync(
            RawClient.ChatModel,
            new Tracing.LlmStart { Messages = [new Microsoft.Extensions.AI.ChatMessage(ChatRole.User, "Weather?")] },
            _ => client.AskAsync(CallStyle.Async),
            TestToken);

        Assert.Equal(2, client.Spans.Spans.Count);
        var own = Assert.Single(client.Spans.Spans, static span => span.GetTagItem("gen_ai.usage.input_tokens") is not null);
        Assert.Same(client.Spans.Spans.Single(span => span != own), own.Parent);
    }

    [Fact]
    public async Task Call_OfAnotherModelInside_IsPartOfTheCallAround()
    {
        await using var client = await RawClient.StartAsync();
        using var outer = new SdkChatClient(client.Chat, client.Server.OpenAIBaseAddress, "router").UseAgentObservability(client.Root);

        await AskAsync(outer, isStreaming: false);

        Assert.Equal("chat router", client.Span.DisplayName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ModelChangedOnTheWay_IsPaidForOnce(bool isStreaming)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue(ModelReply.Say("Sunny.") with { Usage = new() { InputTokens = 1_000, OutputTokens = 100 } });
        using var outer = new SdkChatClient(client.Chat, client.Server.OpenAIBaseAddress, "gpt-4o-mini").UseAgentObservability(client.Root);

        await AskAsync(outer, isStreaming);

        // gpt-4o: 1,000 at 2.50 and 100 at 10 USD per million.
        Assert.Equal(0.0035m, client.Root.Costs!.Accumulator.Total.Total);
        Assert.Equal("chat gpt-4o-mini", client.Span.DisplayName);
    }

    [Fact]
    public async Task Call_OptionsObservedTwice_IsOneSpanWithItsAttemptsOnce()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Fail(429, 0), ModelReply.Say("Sunny."));
        var sdk = client.Connect(options => options.UseAgentObservability(client.Root).UseAgentObservability(client.Root));

        await sdk.GetChatClient(RawClient.ChatModel).CompleteChatAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken);

        Assert.Equal("2", client.Span.GetTagItem("aiobs.attempt.count")?.ToString());
    }

    [Fact]
    public async Task Call_SentAgainByAPolicyFurtherOut_IsPaidForEachTime()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue([.. Enumerable.Repeat(ModelReply.Say("Sunny.") with { Usage = new() { InputTokens = 1_000, OutputTokens = 100 } }, 2)]);
        var sdk = client.Connect(options =>
        {
            options.AddPolicy(new Twice(), PipelinePosition.PerCall);
            options.UseAgentObservability(client.Root);
        });

        await sdk.GetChatClient(RawClient.ChatModel).CompleteChatAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken);

        Assert.Equal(0.007m, client.Root.Costs!.Accumulator.Total.Total);
        Assert.Equal(2, client.Spans.Spans.Count);
    }

    [Fact]
    public async Task Call_Suppressed_LeavesNoSpan()
    {
        await using var client = await RawClient.StartAsync();
        using (AgentContext.Suppress())
        {
            await client.AskAsync(CallStyle.Async);
        }

        Assert.Empty(client.Spans.Started);
    }

    private static async Task AskAsync(IChatClient client, bool isStreaming) => _ = isStreaming
        ? await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToChatResponseAsync(TestToken)
        : await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

    /// <summary>Sends each request twice, and keeps the second answer.</summary>
    private sealed class Twice : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> policies, int currentIndex)
        {
            ProcessNext(message, policies, currentIndex);
            ProcessNext(message, policies, currentIndex);
        }

        public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> policies, int currentIndex)
        {
            await ProcessNextAsync(message, policies, currentIndex);
            await ProcessNextAsync(message, policies, currentIndex);
        }
    }
}
