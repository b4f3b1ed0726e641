using AiObs.Cost.Budgets;
using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>Budgets in the path of calls. A call of 1 input and 1,000 output tokens costs 0.015003 USD here.</summary>
public sealed class BudgetedCallTests
{
    private static readonly ChatOptions Options = new() { MaxOutputTokens = 1_000 };

    private static ChatResponse Answer => new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        Usage = new() { InputTokenCount = 1, OutputTokenCount = 1_000 },
    };

    public static TheoryData<string> Names => ["priced", "observed", "observed around priced", "priced around observed", "priced twice"];

    public static TheoryData<string, bool> Stacks =>
    [
        .. Names.Select(static name => name.Data).SelectMany(static stack => (IEnumerable<(string, bool)>)[(stack, false), (stack, true)]),
    ];

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task Call_BudgetUsedUp_IsRefusedBeforeTheModelAndBeforeAnySpan(string stack, bool isStreaming)
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", Limit = 0.016m }));
        using var model = Model();
        var client = Stack(stack, model, costs.Root);
        await Calls.MakeAsync(client, isStreaming, Options);

        var refusal = await Assert.ThrowsAsync<BudgetExceededException>(() => Calls.MakeAsync(client, isStreaming, Options));

        Assert.Contains("day", refusal.Message, StringComparison.Ordinal);
        Assert.Single(model.Calls);
        Assert.Single(costs.Spans.Started);
        Assert.Single(costs.Records);
        AssertAccount(costs, spent: 0.015003m);
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task Call_Running_IsReservedOnce(string stack, bool isStreaming)
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", Limit = 1 }));
        var reserved = 0m;
        using var model = Model();
        model.OnResponse = _ =>
        {
            reserved = costs.Root.Costs!.Budgets.Find("day")!.Reserved;
            return Task.FromResult(Answer);
        };
        model.OnStream = _ =>
        {
            reserved = costs.Root.Costs!.Budgets.Find("day")!.Reserved;
            return new StubUpdates(Answer.ToChatResponseUpdates());
        };

        await Calls.MakeAsync(Stack(stack, model, costs.Root), isStreaming, Options);

        Assert.InRange(reserved, 0.015m, 0.0151m);
        AssertAccount(costs, spent: 0.015003m);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_FailedBeforeAnyAnswer_GivesTheReserveBack(bool isStreaming)
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", Limit = 1 }));
        var client = StubChatClient.Throwing(new InvalidOperationException("a")).UseCostTracking(costs.Root);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Calls.MakeAsync(client, isStreaming, Options));

        AssertAccount(costs, spent: 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_RefusedByItsClient_GivesTheReserveBackAndLeavesNoRecord(bool isStreaming)
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", Limit = 1 }));
        var client = StubChatClient.Throwing(new ArgumentException("a")).UseCostTracking(costs.Root);

        await Assert.ThrowsAsync<ArgumentException>(() => Calls.MakeAsync(client, isStreaming, Options));

        AssertAccount(costs, spent: 0);
        Assert.Empty(costs.Records);
        Assert.Empty(costs.Spans.Spans);
    }

    [Fact]
    public async Task Call_OfTextThatMayBeMoreTokensThanEstimated_KeepsRoomForWhatOthersMayTake()
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", TokenLimit = 900 }));
        var answer = new TaskCompletionSource<ChatResponse>();
        using var model = new StubChatClient { OnResponse = _ => answer.Task };
        var client = model.UseCostTracking(costs.Root);

        // 80 tokens each by estimate, 305 at the most: a token for each byte, 4 around them and 1 of output.
        var options = new ChatOptions { MaxOutputTokens = 1 };
        Task[] calls = [.. Enumerable.Range(0, 10).Select(_ => Calls.MakeAsync(client, isStreaming: false, options, new string('7', 300)))];

        Assert.Equal(3, model.Calls.Count);
        answer.SetResult(new() { Usage = new() { InputTokenCount = 304, OutputTokenCount = 1 } });
        foreach (var call in calls[..3])
        {
            await call;
        }

        foreach (var call in calls[3..])
        {
            await Assert.ThrowsAsync<BudgetExceededException>(() => call);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Call_MaxOutputTokensThatLimitNothing_IsReservedLikeOneWithoutThem(int maxOutputTokens)
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", TokenLimit = 10_000 }));
        var reserved = 0m;
        using var model = Model();
        model.OnResponse = _ =>
        {
            reserved = costs.Root.Costs!.Budgets.Find("day", unit: BudgetUnit.Tokens)!.Reserved;
            return Task.FromResult(Answer);
        };

        await Calls.MakeAsync(model.UseCostTracking(costs.Root), isStreaming: false, new() { MaxOutputTokens = maxOutputTokens });

        Assert.InRange(reserved, 1_024, 1_040);
    }

    [Fact]
    public async Task Loop_BudgetUsedUpOnTheWay_RefusesTheNextRound()
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", Limit = 0.016m }));
        var rounds = new ToolRounds();
        rounds.Responses[0].Usage = Answer.Usage;
        var client = new StubFunctionLoop(rounds.Model.UseAgentObservability(costs.Root)).UseCostTracking(costs.Root);
        var options = ToolRounds.Options;
        options.MaxOutputTokens = 1_000;

        await Assert.ThrowsAsync<BudgetExceededException>(() => Calls.MakeAsync(client, isStreaming: false, options));

        Assert.Single(rounds.Model.Calls);
        AssertAccount(costs, spent: 0.015003m);
    }

    [Fact]
    public async Task GenerateAsync_BudgetUsedUp_IsRefusedBeforeAnySpan()
    {
        using var costs = new CostFixture(static o =>
        {
            o.Pricing.Prices.Add(new() { Model = "stub-embedding", Rates = { ["input_mtok"] = 1_000_000 } });
            o.Budgets.Add(new() { Name = "day", Limit = 1.5m });
        });
        using var model = new StubEmbeddingGenerator<string, Embedding<float>>(
            static _ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([]) { Usage = new() { InputTokenCount = 1 } }));
        var generator = model.UseAgentObservability(costs.Root).UseCostTracking(costs.Root);
        await generator.GenerateAsync(["rain"], cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<BudgetExceededException>(() => generator.GenerateAsync(["rain"], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Single(model.Calls);
        Assert.Single(costs.Spans.Started);
    }

    [Fact]
    public async Task Budgets_PerUser_CountForTheUserOfTheScope()
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "user", Scope = BudgetScope.User, Limit = 0.016m }));
        using var model = Model();
        var client = model.UseAgentObservability(costs.Root);

        foreach (var user in (string[])["ada", "bob"])
        {
            using (AgentContext.Begin(userId: user))
            {
                await Calls.MakeAsync(client, isStreaming: false, Options);
            }
        }

        Assert.Equal(0.015003m, costs.Root.Costs!.Budgets.Find("user", "ada")!.Spent);
        Assert.Equal(0.015003m, costs.Root.Costs!.Budgets.Find("user", "bob")!.Spent);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Stream_TakesMoreThanTheBudgetHas_EndsWithLength(string stack)
    {
        using var costs = new CostFixture(static o =>
        {
            o.Budgets.Add(new() { Name = "day", Limit = 0.001m, EndStreams = true });
            o.Reservations.DefaultOutputTokens = 1;
            o.Reservations.HighestOutputTokens = 10;
        });
        var updates = Enumerable.Repeat(0, 100).Select(static _ => new ChatResponseUpdate(ChatRole.Assistant, "Words and words and words. "));
        using var model = StubChatClient.Streaming([.. updates]);
        var client = Stack(stack, model, costs.Root);

        List<ChatResponseUpdate> read = [];
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken))
        {
            read.Add(update);
        }

        Assert.InRange(read.Count, 5, 20);
        Assert.Equal(ChatFinishReason.Length, read[^1].FinishReason);
        var span = costs.Spans.Only();
        Assert.Equal("budget", span.GetTagItem("aiobs.stream.outcome"));
        Assert.Equal("length", span.GetTagItem("llm.finish_reason"));
        var record = Assert.Single(costs.Records);
        Assert.Equal(CostCompleteness.Estimated, record.Completeness);
        Assert.InRange(record.Total!.Value, 0.0008m, 0.0013m);
    }

    [Fact]
    public async Task Stream_OtherCallTakesTheRest_EndsEarlier()
    {
        using var costs = new CostFixture(static o =>
        {
            o.Budgets.Add(new() { Name = "day", Limit = 0.001m, EndStreams = true });
            o.Reservations.DefaultOutputTokens = 1;
            o.Reservations.HighestOutputTokens = 1;
        });
        using var model = StubChatClient.Streaming([.. Words(100)]);
        model.OnResponse = static _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Yes"))
        {
            ModelId = "stub-model-1",
            Usage = new() { InputTokenCount = 100, OutputTokenCount = 30 },
        });
        var client = model.UseCostTracking(costs.Root);

        List<ChatResponseUpdate> read = [];
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken))
        {
            read.Add(update);
            if (read.Count == 2)
            {
                await Calls.MakeAsync(client, isStreaming: false, new() { MaxOutputTokens = 1 });
            }
        }

        Assert.Equal(ChatFinishReason.Length, read[^1].FinishReason);
        Assert.InRange(read.Count, 3, 6);
    }

    [Fact]
    public async Task Stream_FinishReasonHasCome_LetsTheUsageFollow()
    {
        using var costs = new CostFixture(static o =>
        {
            o.Budgets.Add(new() { Name = "call", Limit = 0.0002m, Window = BudgetWindow.PerCall, EndStreams = true });
            o.Reservations.DefaultOutputTokens = 1;
            o.Reservations.HighestOutputTokens = 1;
        });
        var last = new ChatResponseUpdate(ChatRole.Assistant, string.Concat(Words(10).Select(static update => update.Text))) { FinishReason = ChatFinishReason.Stop };
        var usage = new ChatResponseUpdate { Contents = [new UsageContent(new() { InputTokenCount = 5, OutputTokenCount = 70 })] };
        using var model = StubChatClient.Streaming(last, usage);

        var read = await model.UseCostTracking(costs.Root).GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([last, usage], read);
        Assert.Equal("completed", costs.Spans.Only().GetTagItem("aiobs.stream.outcome"));
        Assert.Equal(CostCompleteness.Exact, Assert.Single(costs.Records).Completeness);
    }

    [Theory]
    [InlineData("priced around priced")]
    [InlineData("observed around priced")]
    public async Task Stream_LaterRoundOfALoopFits_IsNotEndedByWhatTheFirstIsSaidToTake(string stack)
    {
        using var costs = new CostFixture(static o =>
        {
            // Both rounds together take about 400 tokens: they fit, unless the second is counted on the first as well.
            o.Budgets.Add(new() { Name = "day", TokenLimit = 500, EndStreams = true });
            o.Reservations.DefaultOutputTokens = 1;
            o.Reservations.HighestOutputTokens = 10;
        });
        var asked = new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("c1", "weather")]);
        var answer = Enumerable.Repeat(0, 50).Select(static _ => new ChatResponseUpdate(ChatRole.Assistant, "Words and words and words. ")).ToArray();
        using var model = new StubChatClient();
        model.OnStream = _ => model.Calls.Count == 1 ? new StubUpdates(asked) : new StubUpdates(answer);
        IChatClient loop = new StubFunctionLoop(model.UseCostTracking(costs.Root));
        var client = stack == "priced around priced" ? loop.UseCostTracking(costs.Root) : loop.UseAgentObservability(costs.Root);

        var response = await client.GetStreamingResponseAsync("Hi", ToolRounds.Options, TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);

        Assert.Equal(string.Concat(answer.Select(static update => update.Text)), response.Text);
        Assert.Equal(0, costs.Root.Costs!.Budgets.Find("day", unit: BudgetUnit.Tokens)!.Reserved);
    }

    [Fact]
    public async Task Call_Suppressed_IsNeitherRefusedNorRecorded()
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", Limit = 0.000001m }));
        using var suppressed = AgentContext.Suppress();
        using var model = Model();

        await Calls.MakeAsync(model.UseAgentObservability(costs.Root).UseCostTracking(costs.Root), isStreaming: false, Options);
        await Calls.MakeAsync(model.UseCostTracking(costs.Root), isStreaming: true, Options);

        Assert.Equal(2, model.Calls.Count);
        Assert.Empty(costs.Records);
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task Call_SwitchedOff_IsHeldToTheBudgetAndRecordedWithoutASpan(string stack, bool isStreaming)
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", Limit = 0.02m }));
        await using var sink = costs.Root.Events.AddSink(new StubEventSink());
        costs.Root.Enabled = false;
        using var model = Model();
        var client = Stack(stack, model, costs.Root);

        await Calls.MakeAsync(client, isStreaming, Options);
        await Assert.ThrowsAsync<BudgetExceededException>(() => Calls.MakeAsync(client, isStreaming, Options));

        Assert.Single(model.Calls);
        Assert.Single(costs.Records);
        AssertAccount(costs, 0.015003m);
        Assert.Empty(costs.Spans.Spans);
        Assert.Empty(costs.Metrics.Of("gen_ai.client.operation.duration"));
        Assert.Equal(0, Assert.Single(costs.Root.Events.GetSinks()).Written);
    }

    private static IEnumerable<ChatResponseUpdate> Words(int count) =>
        Enumerable.Repeat(0, count).Select(static _ => new ChatResponseUpdate(ChatRole.Assistant, "Words and words and words. "));

    private static StubChatClient Model() => new()
    {
        OnResponse = static _ => Task.FromResult(Answer),
        OnStream = static _ => new StubUpdates(Answer.ToChatResponseUpdates()),
    };

    private static IChatClient Stack(string name, IChatClient model, AgentObservability root) => name switch
    {
        "priced" => model.UseCostTracking(root),
        "observed" => model.UseAgentObservability(root),
        "observed around priced" => model.UseCostTracking(root).UseAgentObservability(root),
        "priced around observed" => model.UseAgentObservability(root).UseCostTracking(root),
        _ => model.UseCostTracking(root).UseCostTracking(root),
    };

    private static void AssertAccount(CostFixture costs, decimal spent)
    {
        var account = costs.Root.Costs!.Budgets.Find("day")!;
        Assert.Equal(spent, account.Spent);
        Assert.Equal(0, account.Reserved);
    }
}
