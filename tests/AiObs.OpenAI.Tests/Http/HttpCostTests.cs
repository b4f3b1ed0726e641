using AiObs.Cost;
using AiObs.Cost.Budgets;
using AiObs.Operations;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>What calls cost, and what budgets hold for them.</summary>
public sealed class HttpCostTests
{
    private const string Body = """{"model":"claude-sonnet-4-5","max_tokens":9,"input":"Weather?","messages":[{"role":"user","content":"Weather?"}]}""";

    public static TheoryData<WireFormat, CallStyle> Calls => new MatrixTheoryData<WireFormat, CallStyle>(
        [WireFormat.ChatCompletions, WireFormat.Messages, WireFormat.Ollama, WireFormat.Responses], Enum.GetValues<CallStyle>());

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_CostsTracked_ArePricedWithTheirCache()
    {
        await using var http = await ObservedHttp.StartAsync(build: static builder => builder.AddCostTracking());
        var reply = ModelReply.Say("Sunny.") with { Usage = new() { InputTokens = 1_000, OutputTokens = 100, CacheReadTokens = 400, CacheWriteTokens = 200 } };
        http.Server.Enqueue(reply, reply);

        await http.SendAsync(WireFormat.Messages, Body);
        await http.SendAsync(WireFormat.Messages, Body, CallStyle.Streamed);

        // 400 at 3.00, 400 at 0.30, 200 at 3.75 and 100 at 15 USD per million.
        Assert.Equal(
            [(0.00357m, CostCompleteness.Exact), (0.00357m, CostCompleteness.Exact)],
            (await http.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records.Select(static record => (record.Total, record.Completeness)));
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Streamed)]
    public async Task Messages_CacheWrittenForAnHour_IsPricedAsThat(CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync(
            build: static builder => builder.AddCostTracking(),
            addInside: builder => builder.AddHttpMessageHandler(() => MessageAnswer.Handler(
                """[{"type":"text","text":"Sunny."}]""",
                """{"input_tokens":6,"cache_creation_input_tokens":14980,"cache_read_input_tokens":17922,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":14980},"output_tokens":100}""",
                style)));

        await http.SendAsync(WireFormat.Messages, Body, style);

        // 6 at 3.00, 14,980 at 6.00, 17,922 at 0.30 and 100 at 15 USD per million.
        var record = Assert.Single((await http.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal((0.0967746m, CostCompleteness.Exact), (record.Total, record.Completeness));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    [InlineData(WireFormat.Embeddings, CallStyle.Async)]
    public async Task Call_StartOfItsObservationFails_GivesBackWhatWasReserved(WireFormat format, CallStyle style)
    {
        var clock = new FailingClock();
        await using var http = await ObservedHttp.StartAsync(build: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.AddCostTracking(static options => options.Budgets.Add(new Budget { Name = "all", TokenLimit = 50_000 }))
                .AddCallGate(new LastGate(clock));
        });
        http.Server.Enqueue(ModelReply.Say("Sunny."));

        var text = await http.SendAsync(format, Body, style);

        var status = http.Root.Costs!.Budgets.Find("all", unit: BudgetUnit.Tokens)!;
        Assert.Equal((0m, 0m, 0m), (status.Reserved, status.KeptFree, status.Spent));
        Assert.NotEmpty(text);
        Assert.Single(http.Server.Requests);
        Assert.Empty(http.Spans.Started);
        Assert.Equal(1L, Assert.Single(http.Metrics.Of("aiobs.faults")).Value);
    }

    /// <summary>Asked after the budgets, and so just before a call is started.</summary>
    private sealed class LastGate(FailingClock clock) : ICallGate
    {
        public ValueTask<CallTicket?> AdmitAsync(CallRequest request, CancellationToken cancellationToken)
        {
            clock.FailOnce();
            return default;
        }

        public CallTicket? Adopt(CallRequest request) => null;
    }

    private sealed class FailingClock : TimeProvider
    {
        private int _fails;

        public void FailOnce() => Volatile.Write(ref _fails, 1);

        public override long GetTimestamp() =>
            Interlocked.Exchange(ref _fails, 0) == 1 ? throw new InvalidOperationException("The clock stands.") : base.GetTimestamp();
    }
}
