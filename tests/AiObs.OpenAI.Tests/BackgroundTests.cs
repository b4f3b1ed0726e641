using System.ClientModel;
using System.Diagnostics;
using System.Text;
using AiObs.Cost;
using AiObs.Cost.Budgets;
using AiObs.Events;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.Tracing;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;
using OpenAI.Responses;

namespace AiObs.OpenAI.Tests;

/// <summary>Responses that run in the background: created by one request, and fetched by others.</summary>
public sealed class BackgroundTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    private static ModelReply Priced => ModelReply.Say("Sun", "ny.") with { Usage = new() { InputTokens = 1_000, OutputTokens = 100 } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_IsQueued_SaysSoAndIsNotPriced(bool isSync)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue(Priced);

        await CreateAsync(client, isSync);

        SpanAssert.Attributes(ExpectedTags.Chat(client.Server, "responses").With(new()
        {
            ["gen_ai.response.id"] = "resp_fake000001",
            ["gen_ai.response.model"] = RawClient.ChatModel,
            ["llm.response.model_name"] = RawClient.ChatModel,
            ["openai.response.service_tier"] = "default",
            ["aiobs.response.status"] = "queued",
        }), client.Span);
        SpanAssert.Status(ActivityStatusCode.Unset, null, client.Span);
        Assert.Equal(0, client.Root.Costs!.Accumulator.Total.CallCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fetch_IsDone_IsASpanWithTheAnswerThatIsPaidForOnce(bool isSync)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent, static builder => builder.AddCostTracking());
        client.Server.Enqueue(Priced with { PendingPolls = 1 });
        var id = await CreateAsync(client, isSync);

        await FetchAsync(client, id, isSync);
        Assert.Single(client.Spans.Spans);
        var response = await FetchAsync(client, id, isSync);
        await FetchAsync(client, id, isSync);

        Assert.Equal("Sunny.", response.GetOutputText());
        Assert.Equal(2, client.Spans.Spans.Count);
        var (creation, answer) = (client.Spans.Spans[0], client.Spans.Spans[1]);
        Assert.Equal(("chat gpt-4o", "Sunny.", "stop"), (answer.DisplayName, answer.GetTagItem("output.value"), answer.GetTagItem("llm.finish_reason")));
        Assert.Equal((1_000L, "responses", null), (answer.GetTagItem("gen_ai.usage.input_tokens"), answer.GetTagItem("openai.api.type"),
            answer.GetTagItem("aiobs.response.status")));
        Assert.Equal("req_fake000001", answer.GetTagItem("aiobs.response.request_id"));
        Assert.Equal(creation.Context, Assert.Single(answer.Links).Context);
        Assert.True(answer.StartTimeUtc >= creation.StartTimeUtc && answer.Duration > TimeSpan.Zero);

        // 1,000 at 2.50 and 100 at 10 USD per million.
        var record = Assert.Single((await client.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal((0.0035m, CostCompleteness.Exact, answer.SpanId.ToHexString()), (record.Total, record.Completeness, record.SpanId));
    }

    [Fact]
    public async Task Fetch_Streamed_IsPaidForOnce()
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent, static builder => builder.AddCostTracking());
        client.Server.Enqueue(Priced);
        var id = await CreateAsync(client);
        using var caller = new Activity("caller").Start();

        var text = "";
        await foreach (var update in (await client.Responses.GetResponseStreamingAsync(id, TestToken)).WithCancellation(TestToken))
        {
            text += (update as StreamingResponseOutputTextDeltaUpdate)?.Delta;
            Assert.Same(caller, Activity.Current);
        }

        await FetchAsync(client, id);

        Assert.Equal("Sunny.", text);
        Assert.Equal(2, client.Spans.Spans.Count);
        Assert.Equal("Sunny.", client.Spans.Spans[1].GetTagItem("output.value"));
        Assert.Equal((0.0035m, 1L), (client.Root.Costs!.Accumulator.Total.Total, client.Root.Costs!.Accumulator.Total.CallCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fetch_LatestProfile_HasItsNameAndStatusAndNoTokensOfItsOwn(bool isSync)
    {
        await using var client = await RawClient.StartAsync(static o => o.GenAIProfile = GenAIProfile.Latest, static builder => builder.AddCostTracking());
        client.Server.Enqueue(Priced);
        var id = await CreateAsync(client, isSync);

        await FetchAsync(client, id, isSync);

        var answer = client.Spans.Spans[1];
        Assert.Equal("fetch_response", answer.DisplayName);
        Assert.Equal(
            ("fetch_response", "completed", null, "responses", id),
            (answer.GetTagItem("gen_ai.operation.name"), answer.GetTagItem("gen_ai.response.status"), answer.GetTagItem("aiobs.response.status"),
                answer.GetTagItem("openai.api.type"), answer.GetTagItem("gen_ai.response.id")));
        Assert.DoesNotContain(answer.TagObjects, static tag => tag.Key.StartsWith("gen_ai.usage.", StringComparison.Ordinal));
        Assert.Equal((1_000L, 0.0035), (answer.GetTagItem("llm.token_count.prompt"), answer.GetTagItem("aiobs.cost.total")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fetch_LeftBeforeItsEnd_LeavesTheRestToTheNext(bool isCreation)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        var mayGoOn = new TaskCompletionSource();
        client.Server.Enqueue(Priced with { BeforePiece = (index, token) => index == 0 ? Task.CompletedTask : mayGoOn.Task.WaitAsync(token) });
        var id = "resp_fake000001";
        if (isCreation)
        {
            await LeaveAsync(await client.Responses.CreateResponseStreamingAsync(Options(isStreaming: true), TestToken));
            Assert.Equal(
                ("abandoned", "in_progress"), (client.Span.GetTagItem("aiobs.stream.outcome"), client.Span.GetTagItem("aiobs.response.status")));
        }
        else
        {
            await CreateAsync(client);
            await LeaveAsync(await client.Responses.GetResponseStreamingAsync(id, TestToken));
        }

        Assert.Equal(0, client.Root.Costs!.Accumulator.Total.CallCount);
        mayGoOn.SetResult();
        await FetchAsync(client, id);

        Assert.Equal(2, client.Spans.Spans.Count);
        Assert.Equal((0.0035m, 1L), (client.Root.Costs!.Accumulator.Total.Total, client.Root.Costs!.Accumulator.Total.CallCount));
    }

    [Fact]
    public async Task Create_StreamThatBreaksOff_LeavesTheRestToTheFetch()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        const string Events = """
            data: {"type":"response.created","response":{"id":"resp_1","status":"in_progress","model":"gpt-4o"}}

            data: {"type":"response.output_text.delta","delta":"Sun"}


            """;
        using var transport = new CannedTransport(Encoding.UTF8.GetBytes(Events), "text/event-stream");
        var responses = transport.Connect(client.Root, client.Server.OpenAIBaseAddress).GetResponsesClient();

        await foreach (var update in (await responses.CreateResponseStreamingAsync(Options(isStreaming: true), TestToken)).WithCancellation(TestToken))
        {
            Assert.NotNull(update);
        }

        Assert.Equal("in_progress", client.Span.GetTagItem("aiobs.response.status"));
        Assert.Equal(0, client.Root.Costs!.Accumulator.Total.CallCount);
    }

    [Fact]
    public async Task Fetch_ReadUnbuffered_IsPaidForOnce()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue(Priced);
        var id = await CreateAsync(client);

        var result = await client.Responses.GetResponseAsync(
            id, include: null, stream: null, startingAfter: null, includeObfuscation: null, new() { BufferResponse = false, CancellationToken = TestToken });
        using (var response = result.GetRawResponse())
        {
            await response.ContentStream!.CopyToAsync(Stream.Null, TestToken);
        }

        Assert.Equal((0.0035m, 1L), (client.Root.Costs!.Accumulator.Total.Total, client.Root.Costs!.Accumulator.Total.CallCount));
    }

    [Fact]
    public async Task Fetch_BySomebodyElse_IsForWhoAsked()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking());
        client.Server.Enqueue(Priced);
        string id;
        using (AgentContext.Begin(userId: "ann"))
        {
            id = await CreateAsync(client);
        }

        using (AgentContext.Begin(userId: "bob"))
        {
            await FetchAsync(client, id);
            Assert.Equal("bob", AgentContext.Current?.UserId);
        }

        var record = Assert.Single((await client.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal(("ann", "ann"), (record.UserId, client.Spans.Spans[1].GetTagItem("user.id")));
    }

    [Fact]
    public async Task Fetch_OfAnAgent_IsNoFurtherIteration()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(Priced);

        await client.Root.Tracer.TraceAgentAsync(
            "researcher",
            new AgentStart { Input = "Weather?" },
            async _ => await FetchAsync(client, await CreateAsync(client)),
            TestToken);

        Assert.Equal(3, client.Spans.Spans.Count);
        Assert.Equal(1L, client.Spans.Spans[2].GetTagItem("aiobs.agent.iterations"));
    }

    [Fact]
    public async Task Budget_ResponseUnderWay_HoldsWhatWasReservedUntilItIsFetched()
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking(static options =>
            options.Budgets.Add(new Budget { Name = "all", TokenLimit = 5_000 })));
        client.Server.Enqueue(Priced);

        var id = await CreateAsync(client);
        var before = Status(client);
        await FetchAsync(client, id);
        var after = Status(client);

        Assert.True(before.Reserved >= 1_024);
        Assert.Equal((0m, 0m, 1_100m), (before.Spent, after.Reserved, after.Spent));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_ResponseUnderWay_IsAFailureThatCostsNothing(bool isSync)
    {
        await using var client = await RawClient.StartAsync(build: static builder => builder.AddCostTracking(static options =>
            options.Budgets.Add(new Budget { Name = "all", TokenLimit = 5_000 })));
        client.Server.Enqueue(Priced);
        var id = await CreateAsync(client);

        _ = isSync ? client.Responses.CancelResponse(id, TestToken) : await client.Responses.CancelResponseAsync(id, TestToken);

        Assert.Equal("response.cancelled", client.Spans.Spans[1].GetTagItem("error.type"));
        Assert.Equal((0m, 0m), (Status(client).Reserved, Status(client).Spent));
        Assert.Equal(0, client.Root.Costs!.Accumulator.Total.CallCount);
    }

    [Fact]
    public async Task Fetch_ResponseFailed_IsAFailure()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(Priced with { ResponseStatus = "failed" });

        await FetchAsync(client, await CreateAsync(client));

        Assert.Equal("response.failed", client.Spans.Spans[1].GetTagItem("error.type"));
    }

    [Fact]
    public async Task Fetch_Refused_IsTriedAgain()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(Priced);
        var id = await CreateAsync(client);

        await Assert.ThrowsAsync<ClientResultException>(() => FetchAsync(client, $"{id}0"));
        await FetchAsync(client, id);

        Assert.Equal(2, client.Spans.Spans.Count);
    }

    [Fact]
    public async Task Fetch_EventsWanted_RaisesEachOnce()
    {
        var sink = new InMemoryEventSink();
        await using var client = await RawClient.StartAsync(build: builder => builder.AddCostTracking().AddEventSink(
            sink, static options => (options.Delivery, options.DurableTimeout) = (EventDelivery.Durable, HangGuard.Limit)));
        client.Server.Enqueue(Priced);

        await FetchAsync(client, await CreateAsync(client));

        Assert.Equal(
            [AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived, AgentEventTypes.ResponseReceived, AgentEventTypes.CostRecorded],
            sink.Events.Select(static item => item.Type));
    }

    private static BudgetStatus Status(RawClient client) => client.Root.Costs!.Budgets.Find("all", unit: BudgetUnit.Tokens)!;

    private static CreateResponseOptions Options(bool isStreaming) => new()
    {
        Model = RawClient.ChatModel,
        BackgroundModeEnabled = true,
        StreamingEnabled = isStreaming,
        InputItems = { ResponseItem.CreateUserMessageItem("Weather?") },
    };

    private static async Task<string> CreateAsync(RawClient client, bool isSync = false) => isSync
        ? client.Responses.CreateResponse(Options(isStreaming: false), TestToken).Value.Id
        : (await client.Responses.CreateResponseAsync(Options(isStreaming: false), TestToken)).Value.Id;

    private static async Task<ResponseResult> FetchAsync(RawClient client, string id, bool isSync = false) => isSync
        ? client.Responses.GetResponse(id, TestToken).Value
        : (await client.Responses.GetResponseAsync(id, TestToken)).Value;

    private static async Task LeaveAsync(AsyncStreamingResult<StreamingResponseUpdate> stream)
    {
        await foreach (var update in stream.WithCancellation(TestToken))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate)
            {
                break;
            }
        }
    }
}
