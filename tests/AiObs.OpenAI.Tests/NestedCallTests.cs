using System.Runtime.CompilerServices;
using FakeModelServer;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace AiObs.OpenAI.Tests;

/// <summary>Raw calls of one model that are made while a call of the same model is observed further out.</summary>
public sealed class NestedCallTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_OfATool_HasItsOwnSpanAndIsPaidForOnce(bool isStreaming)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        EnqueueToolRounds(client);

        await AskAsync(
            new FunctionInvokingChatClient(Adapt(client)).UseAgentObservability(client.Root),
            isStreaming,
            () => client.AskAsync(isStreaming ? CallStyle.Streamed : CallStyle.Async, [new UserChatMessage("Degrees?")]));

        Assert.Equal([500L, 3_000L], InputTokens(client));

        // 3,500 at 2.50 and 350 at 10 USD per million.
        Assert.Equal(0.01225m, client.Root.Costs!.Accumulator.Total.Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_OfAToolWithAClientOfItsOwn_HasItsOwnSpanAndIsPaidForOnce(bool isStreaming)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        var other = client.Connect(options => options.UseAgentObservability(client.Root)).GetChatClient(RawClient.ChatModel);
        EnqueueToolRounds(client);

        await AskAsync(
            new FunctionInvokingChatClient(Adapt(client)).UseAgentObservability(client.Root),
            isStreaming,
            () => other.CompleteChatAsync([new UserChatMessage("Degrees?")], cancellationToken: TestToken));

        Assert.Equal([500L, 3_000L], InputTokens(client));
        Assert.Equal(0.01225m, client.Root.Costs!.Accumulator.Total.Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_OfAToolOfAClientObservedTwice_IsPaidForOnce(bool countsAttempts)
    {
        await using var client = await RawClient.StartAsync(
            options => options.RecordAttempts = countsAttempts, static builder => builder.AddCostTracking());
        EnqueueToolRounds(client);
        var twice = client.Connect(options => options.UseAgentObservability(client.Root).UseAgentObservability(client.Root)).GetChatClient(RawClient.ChatModel);
        var model = new SdkChatClient(twice, client.Server.OpenAIBaseAddress, RawClient.ChatModel);

        await AskAsync(
            new FunctionInvokingChatClient(model).UseAgentObservability(client.Root),
            isStreaming: false,
            () => twice.CompleteChatAsync([new UserChatMessage("Degrees?")], cancellationToken: TestToken));

        Assert.Equal([500L, 3_000L], InputTokens(client));
        Assert.Equal(0.01225m, client.Root.Costs!.Accumulator.Total.Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_OfAToolThatAsksTheVeryQuestion_HasItsOwnSpan(bool isStreaming)
    {
        await using var client = await RawClient.StartAsync();
        EnqueueToolRounds(client);

        await AskAsync(
            new FunctionInvokingChatClient(Adapt(client)).UseAgentObservability(client.Root), isStreaming, () => client.AskAsync(CallStyle.Async));

        Assert.Equal(2, InputTokens(client).Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_OfAToolUnderAnAgent_HasItsOwnSpanAndIsPaidForOnce(bool isStreaming)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        EnqueueToolRounds(client);

        await AskAsync(
            new FunctionInvokingChatClient(Adapt(client).UseAgentObservability(client.Root)).UseAgent("a"),
            isStreaming,
            () => client.AskAsync(CallStyle.Async, [new UserChatMessage("Degrees?")]));

        Assert.Equal([1_000L, 500L, 2_000L], InputTokens(client));
        Assert.Equal(0.01225m, client.Root.Costs!.Accumulator.Total.Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_OfAToolOfAHandWrittenLoop_IsPartOfTheCallAround(bool isStreaming)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        EnqueueToolRounds(client);
        using var loop = new Loop(Adapt(client), () => client.AskAsync(CallStyle.Async, [new UserChatMessage("Degrees?")]));

        await AskAsync(loop.UseAgentObservability(client.Root), isStreaming);

        Assert.Equal([3_000L], InputTokens(client));
        Assert.Equal(0.0105m, client.Root.Costs!.Accumulator.Total.Total);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Calls_OfAClientThatAddsThemUp_AreOneSpanAndPaidForOnce(bool isStreaming, bool isParallel)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Handler = static _ => ModelReply.Say("Sunny.") with { Usage = new() { InputTokens = 1_000, OutputTokens = 100 } };
        using var panel = new Panel(Adapt(client), isParallel);

        await AskAsync(panel.UseAgentObservability(client.Root), isStreaming);

        Assert.Equal([3_000L], InputTokens(client));
        Assert.Equal(0.0105m, client.Root.Costs!.Accumulator.Total.Total);
    }

    [Fact]
    public async Task Call_RefusedThenMadeInOtherWords_IsOneSpan()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Fail(400), ModelReply.Say("Sunny."));
        using var second = new SecondTry(Adapt(client));

        await AskAsync(second.UseAgentObservability(client.Root), isStreaming: false);

        Assert.Equal("chat gpt-4o", client.Span.DisplayName);
    }

    [Fact]
    public async Task Calls_InsideOfATracedCall_AreEachTheirOwnAndTheTracedOneKeepsNoTokens()
    {
        await using var client = await RawClient.StartAsync();

        await client.Root.Tracer.TraceLlmAsync(
            RawClient.ChatModel,
            new Tracing.LlmStart { Messages = [new ChatMessage(ChatRole.User, "Weather?")] },
            async _ =>
            {
                await client.AskAsync(CallStyle.Async, [new UserChatMessage("Weather?")]);
                await client.AskAsync(CallStyle.Async, [new UserChatMessage("Is it true?")]);
            },
            TestToken);

        Assert.Equal(3, client.Spans.Spans.Count);
        Assert.Equal(2, InputTokens(client).Count());
    }

    private static void EnqueueToolRounds(RawClient client) => client.Server.Enqueue(
        ModelReply.Call("look_up", "{}") with { Usage = new() { InputTokens = 1_000, OutputTokens = 100 } },
        ModelReply.Say("4 degrees") with { Usage = new() { InputTokens = 500, OutputTokens = 50 } },
        ModelReply.Say("It is cold.") with { Usage = new() { InputTokens = 2_000, OutputTokens = 200 } });

    private static SdkChatClient Adapt(RawClient client) => new(client.Chat, client.Server.OpenAIBaseAddress, RawClient.ChatModel);

    private static IEnumerable<long> InputTokens(RawClient client) =>
        client.Spans.Spans.Select(static span => span.GetTagItem("gen_ai.usage.input_tokens")).OfType<long>();

    private static async Task AskAsync(IChatClient client, bool isStreaming, Func<Task>? tool = null)
    {
        using var disposed = client;
        var options = tool is null ? null : new ChatOptions { Tools = [AIFunctionFactory.Create(tool, "look_up")] };
        _ = isStreaming
            ? await client.GetStreamingResponseAsync("Weather?", options, TestToken).ToChatResponseAsync(TestToken)
            : await client.GetResponseAsync("Weather?", options, TestToken);
    }

    /// <summary>A function loop of two rounds whose tool nobody knows of.</summary>
    private sealed class Loop(IChatClient inner, Func<Task> tool) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var first = await base.GetResponseAsync(messages, options, cancellationToken);
            await tool();
            var second = await base.GetResponseAsync(Next(messages, first), options, cancellationToken);
            second.Usage!.Add(first.Usage!);
            return second;
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            List<ChatResponseUpdate> first = [];
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                first.Add(update);
                yield return update;
            }

            await tool();
            await foreach (var update in base.GetStreamingResponseAsync(Next(messages, first.ToChatResponse()), options, cancellationToken))
            {
                yield return update;
            }
        }

        private static IEnumerable<ChatMessage> Next(IEnumerable<ChatMessage> messages, ChatResponse answer) =>
        [
            .. messages,
            .. answer.Messages,
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent(
                answer.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>().Single().CallId, "4 degrees")]),
        ];
    }

    /// <summary>Asks three times in other words, and answers with the sum.</summary>
    private sealed class Panel(IChatClient inner, bool isParallel) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            List<ChatResponse> answers = [];
            if (isParallel)
            {
                answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 3).Select(number => AskAsync(number, options, cancellationToken))));
            }
            else
            {
                for (var number = 0; number < 3; number++)
                {
                    answers.Add(await AskAsync(number, options, cancellationToken));
                }
            }

            var usage = new UsageDetails();
            answers.ForEach(answer => usage.Add(answer.Usage!));
            return new ChatResponse(answers[^1].Messages) { Usage = usage };
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        private Task<ChatResponse> AskAsync(int number, ChatOptions? options, CancellationToken cancellationToken) =>
            base.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, $"Weather, {number}?")], options, cancellationToken)
                .ToChatResponseAsync(cancellationToken);
    }

    /// <summary>Asks in other words where the first ones were refused.</summary>
    private sealed class SecondTry(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            try
            {
                return await base.GetResponseAsync(messages, options, cancellationToken);
            }
            catch (System.ClientModel.ClientResultException)
            {
                return await base.GetResponseAsync([new ChatMessage(ChatRole.User, "Sun?")], options, cancellationToken);
            }
        }
    }
}
