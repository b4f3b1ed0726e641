using System.ClientModel;
using AiObs.Cost;
using AiObs.Cost.Budgets;
using AiObs.Events;
using AiObs.Operations;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;
using OpenAI.Chat;
using OpenAI.Responses;

namespace AiObs.OpenAI.Tests;

/// <summary>Raw calls are priced, held to budgets and told of as those of chat clients are.</summary>
public sealed class CostTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    private static ModelReply Priced => ModelReply.Say("Sunny.") with { Usage = new() { InputTokens = 1_000, OutputTokens = 100, CacheReadTokens = 400 } };

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Sync)]
    [InlineData(CallStyle.Streamed)]
    [InlineData(CallStyle.StreamedSync)]
    public async Task Call_CostsTracked_IsPricedOnce(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue(Priced);

        await client.AskAsync(style);

        // gpt-4o: 600 at 2.50, 400 at 1.25 and 100 at 10 USD per million.
        var record = Assert.Single((await client.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal((0.003m, CostCompleteness.Exact), (record.Total, record.Completeness));
        Assert.Equal(0.003, client.Span.GetTagItem("aiobs.cost.total"));
    }

    [Fact]
    public async Task Embeddings_CostsTracked_ArePriced()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue(new ModelReply { Usage = new() { InputTokens = 1_000_000 } });

        await client.Embeddings.GenerateEmbeddingAsync("Oslo", cancellationToken: TestToken);

        Assert.Equal(0.02m, client.Root.Costs!.Accumulator.Total.Total);
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Sync)]
    [InlineData(CallStyle.Streamed)]
    [InlineData(CallStyle.StreamedSync)]
    public async Task Call_BudgetSpent_IsRefusedBeforeAnythingIsSent(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking(static options =>
            options.Budgets.Add(new Budget { Name = "all", Limit = 0.000001m })));

        await Assert.ThrowsAsync<BudgetExceededException>(() => client.AskAsync(style));

        Assert.Empty(client.Server.Requests);
        Assert.Empty(client.Spans.Started);
    }

    [Fact]
    public async Task Embeddings_BudgetSpent_AreRefusedBeforeAnythingIsSent()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking(static options =>
            options.Budgets.Add(new Budget { Name = "all", TokenLimit = 1 })));

        await Assert.ThrowsAsync<BudgetExceededException>(
            () => client.Embeddings.GenerateEmbeddingAsync("A text of a few more words than one.", cancellationToken: TestToken));

        Assert.Empty(client.Server.Requests);
    }

    [Theory]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    public async Task Embeddings_InputIsTokens_ReservesAsManyAsThereAre(int limit, int sent)
    {
        await using var client = await RawClient.StartAsync(build: builder => builder.AddCostTracking(options =>
            options.Budgets.Add(new Budget { Name = "all", TokenLimit = limit })));

        await Record.ExceptionAsync(() => client.Embeddings.GenerateEmbeddingsAsync(
            [Enumerable.Range(1, 10).ToArray(), Enumerable.Range(1, 20).ToArray()], cancellationToken: TestToken));

        Assert.Equal(sent, client.Server.Requests.Count);
    }

    [Fact]
    public async Task Embeddings_InputIsOneListOfTokens_ReservesAsManyAsThereAre()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking(static options =>
            options.Budgets.Add(new Budget { Name = "all", TokenLimit = 3 })));
        using var body = BinaryContent.Create(BinaryData.FromString("""{"model":"text-embedding-3-small","input":[5,6,7,8]}"""));

        await Assert.ThrowsAsync<BudgetExceededException>(() => client.Embeddings.GenerateEmbeddingsAsync(body, new() { CancellationToken = TestToken }));

        Assert.Empty(client.Server.Requests);
    }

    [Fact]
    public async Task Embeddings_TokensOfUnreportedUsage_ArePricedByTheirNumber()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue(new ModelReply { OmitUsage = true });
        using var body = BinaryContent.Create(BinaryData.FromString("""{"model":"text-embedding-3-small","input":[[5,6],[7,8,9]]}"""));

        await client.Embeddings.GenerateEmbeddingsAsync(body, new() { CancellationToken = TestToken });

        // 5 at 0.02 USD per million.
        var record = Assert.Single((await client.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal((0.0000001m, CostCompleteness.Estimated), (record.Total, record.Completeness));
    }

    [Theory]
    [InlineData(CallStyle.Streamed)]
    [InlineData(CallStyle.StreamedSync)]
    public async Task Stream_BudgetRunsOut_EndsCleanly(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent, static builder => builder.AddCostTracking(static options =>
            options.Budgets.Add(new Budget { Name = "all", TokenLimit = 400, EndStreams = true })));
        client.Server.Enqueue(ModelReply.Say([.. Enumerable.Repeat("one two three four five six seven eight ", 400)]));

        var text = await client.AskAsync(style, options: new ChatCompletionOptions { MaxOutputTokenCount = 100 });

        Assert.StartsWith("one two three", text, StringComparison.Ordinal);
        Assert.True(text.Length < 400 * 40);
        Assert.Equal("budget", client.Span.GetTagItem("aiobs.stream.outcome"));
        Assert.Equal(text, client.Span.GetTagItem("output.value"));
    }

    [Fact]
    public async Task Stream_Abandoned_IsPricedByEstimate()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue(ModelReply.Say("Sunny and warm.", "never") with
        {
            BeforePiece = static (index, token) => index == 0 ? Task.CompletedTask : new TaskCompletionSource().Task.WaitAsync(token),
        });

        await foreach (var update in client.Chat.CompleteChatStreamingAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken))
        {
            if (update.ContentUpdate.Count > 0 && update.ContentUpdate[0].Text.Length > 0)
            {
                break;
            }
        }

        var record = Assert.Single((await client.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal(CostCompleteness.Estimated, record.Completeness);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Stream_EndsInsideOfAToolCall_IsPricedWithWhatCameOfIt(bool isResponse, bool isCut)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue(ModelReply.Call("get_weather", """{"city":""", "\"Oslo and its surroundings\"", "}") with
        {
            CutAfterPieces = isCut ? 2 : null,
            BeforePiece = static (index, token) => index < 2 ? Task.CompletedTask : new TaskCompletionSource().Task.WaitAsync(token),
        });

        await Record.ExceptionAsync(() => isResponse ? ReadResponsePiecesAsync(client, isCut ? 3 : 2) : ReadCallPiecesAsync(client, isCut ? 3 : 2));

        // 11 characters of the name and 35 of the arguments, four to a token.
        var record = Assert.Single((await client.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal((12m, CostCompleteness.Estimated), (record.Receipt.Usage["output_tokens"], record.Completeness));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_BudgetRunsOutInsideOfAToolCall_EndsThere(bool isResponse)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking(static options =>
        {
            options.Reservations.DefaultOutputTokens = 50;
            options.Reservations.HighestOutputTokens = 50;
            options.Budgets.Add(new Budget { Name = "all", TokenLimit = 100, EndStreams = true });
        }));
        client.Server.Enqueue(ModelReply.Call("write_file", [.. Enumerable.Repeat("one two three four five six seven eight ", 400)]));

        await (isResponse ? ReadResponsePiecesAsync(client, int.MaxValue) : ReadCallPiecesAsync(client, int.MaxValue));

        Assert.Equal("budget", client.Span.GetTagItem("aiobs.stream.outcome"));
        Assert.InRange(client.Root.Costs!.Accumulator.Total.OutputTokens, 50, 200);
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Streamed)]
    public async Task Call_EventsWanted_RaisesThoseOfAChatClient(CallStyle style)
    {
        var sink = new InMemoryEventSink();
        await using var client = await RawClient.StartAsync(build: builder => builder.AddCostTracking().AddEventSink(sink));
        client.Server.Enqueue(Priced);

        await client.AskAsync(style);
        await client.Root.Events.FlushAsync(TestToken);

        Assert.Equal(
            [AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived, AgentEventTypes.CostRecorded],
            sink.Events.Select(static item => item.Type));
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Sync)]
    [InlineData(CallStyle.Streamed)]
    [InlineData(CallStyle.StreamedSync)]
    public async Task Call_SinkIsDurable_HasItsEventsWrittenWhenItReturns(CallStyle style)
    {
        var sink = new InMemoryEventSink();
        await using var client = await RawClient.StartAsync(build: builder => builder.AddEventSink(
            sink, static options => (options.Delivery, options.DurableTimeout) = (EventDelivery.Durable, HangGuard.Limit)));

        await client.AskAsync(style);

        Assert.Contains(sink.Events, static item => item.Type == AgentEventTypes.ResponseReceived);
    }

    private static async Task ReadCallPiecesAsync(RawClient client, int count)
    {
        await foreach (var update in client.Chat.CompleteChatStreamingAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken))
        {
            count -= update.ToolCallUpdates.Count(static piece => piece.FunctionArgumentsUpdate.ToMemory().Length > 0);
            if (count == 0)
            {
                break;
            }
        }
    }

    private static async Task ReadResponsePiecesAsync(RawClient client, int count)
    {
        var options = new CreateResponseOptions
        {
            Model = "gpt-5",
            StreamingEnabled = true,
            InputItems = { ResponseItem.CreateUserMessageItem("Weather?") },
        };
        await foreach (var update in await client.Responses.CreateResponseStreamingAsync(options, TestToken))
        {
            if (update is StreamingResponseFunctionCallArgumentsDeltaUpdate && --count == 0)
            {
                break;
            }
        }
    }
}
