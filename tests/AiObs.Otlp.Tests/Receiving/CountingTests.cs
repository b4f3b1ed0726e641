using System.Diagnostics;
using AiObs.Otlp.Proto;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Otlp.Tests.Receiving;

public sealed class CountingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RequestThatIsSentAgain_CountsOnce()
    {
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(Call(1));
        await host.TakeAsync(Call(1), Call(2));

        Assert.Equal([1, 2], (await host.SpansAsync()).Select(static span => int.Parse(span.SpanId, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal([0.002m, 0.002m], (await host.CostsAsync()).Select(static cost => cost.Total));
        Assert.Equal(0.004m, host.Observability.Costs!.Accumulator.Total.Total);
    }

    [Fact]
    public async Task CallOfASpan_HasTheSameIdWhereverItIsReceived()
    {
        await using var one = await ReceiverHost.StartAsync();
        await using var other = await ReceiverHost.StartAsync();

        await one.TakeAsync(Call(1), Call(2));
        await other.TakeAsync(Call(1));

        var costs = await one.CostsAsync();
        Assert.Equal(costs[0].CallId, Assert.Single(await other.CostsAsync()).CallId);
        Assert.NotEqual(costs[0].CallId, costs[1].CallId);
        var id = Guid.Parse(costs[0].CallId);
        Assert.Equal((8, Requests.Start.AddSeconds(1).ToUnixTimeMilliseconds()), (id.Version, Convert.ToInt64(costs[0].CallId.Replace("-", "", StringComparison.Ordinal)[..12], 16)));
    }

    [Theory]
    [InlineData("1 2 3")]
    [InlineData("3 2 1")]
    [InlineData("3,2,1")]
    [InlineData("2 3 1")]
    [InlineData("2,3 1")]
    public async Task LayersOfOneCall_InWhateverOrder_CountOnce(string requests)
    {
        // A framework's span around that of an SDK, with a span between that is none of either.
        Span[] layers = [Call(1), Requests.Span(2, "retry").In(1), Call(3).In(2)];
        await using var host = await ReceiverHost.StartAsync();

        foreach (var request in requests.Split(' '))
        {
            await host.TakeAsync(request.Split(',').Select(number => layers[number[0] - '1']));
        }

        Assert.Equal(0.002m, Assert.Single(await host.CostsAsync()).Total);
        Assert.Equal([1_000L], (await host.SpansAsync()).Select(static span => span.InputTokens).OfType<long>());
    }

    [Fact]
    public async Task LayerOfACall_IsAStep()
    {
        await using var host = await ReceiverHost.StartAsync(static o => o.CaptureContent = ContentCapture.Spans);

        await host.TakeAsync(
            Requests.Span(1, "ChatOpenAI", [.. Facts, ("llm.token_count.prompt", 1_000), ("llm.usage.total_tokens", 1_100), ("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""")]),
            Call(2).In(1));

        Assert.Equal(
            """
            gen_ai.operation.name = "chat"
            gen_ai.provider.name = "openai"
            gen_ai.request.model = "gpt-5-mini"
            input.mime_type = "text/plain"
            openinference.span.kind = "CHAIN"
            service.name = "agent-py"
            said: gen_ai.input.messages = "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}]}]"
            said: input.value = "Hi"
            """,
            Kept.Of((await host.SpansAsync())[0]));
    }

    [Fact]
    public async Task LayersOfOneCall_WhereDuplicatesAreToStay_KeepTheirTokensAndCountOnce()
    {
        await using var host = await ReceiverHost.StartAsync(services: static services =>
            services.Configure<OpenTelemetry.AgentTracingOptions>(static o => o.DuplicateModelSpans = OpenTelemetry.DuplicateModelSpans.Keep));

        await host.TakeAsync(Call(1), Call(2).In(1));

        Assert.Equal(0.002m, Assert.Single(await host.CostsAsync()).Total);
        Assert.Equal([1_000L, 1_000L], (await host.SpansAsync()).Select(static span => span.InputTokens));
    }

    [Fact]
    public async Task ToolOfAnAgent_WithANameOfAnyLength_IsCountedByItsStart()
    {
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(
            Requests.Span(1, "invoke_agent a", ("gen_ai.operation.name", "invoke_agent")),
            Requests.Span(2, "execute_tool t", ("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", new string('t', 600))).In(1));

        Assert.Contains($"aiobs.agent.tools_used = [\"{new string('t', 512)}\"]", Kept.Of((await host.SpansAsync())[0]).Split('\n'));
    }

    [Fact]
    public async Task CallsOfAnAgent_AreItsOwnAndAreCountedOnIt()
    {
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(
            Requests.Span(1, "invoke_agent a", ("gen_ai.operation.name", "invoke_agent"), ("gen_ai.agent.name", "a"), ("gen_ai.usage.input_tokens", 2_000)),
            Call(2).In(1),
            Requests.Span(3, "execute_tool t", ("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", "t")).In(1),
            Call(4).In(3),
            Call(5).In(1));

        var spans = await host.SpansAsync();
        Assert.Equal(
            """
            agent.name = "a"
            aiobs.agent.iterations = 2
            aiobs.agent.tools_used = ["t"]
            gen_ai.agent.name = "a"
            gen_ai.operation.name = "invoke_agent"
            gen_ai.usage.input_tokens = 2000
            openinference.span.kind = "AGENT"
            service.name = "agent-py"
            """,
            Kept.Of(spans[0]));
        Assert.Equal(["a", "a", "a", "a", "a"], spans.Select(static span => span.Agent));
        Assert.Equal(3, (await host.CostsAsync()).Count);
    }

    [Theory]
    [InlineData("5,4 3 2 1")]
    [InlineData("5 3 4 2,1")]
    public async Task StepsOfAnAgent_ThatCameBeforeIt_AreCountedOnIt(string requests)
    {
        Span[] spans =
        [
            Requests.Span(1, "invoke_agent a", ("gen_ai.operation.name", "invoke_agent"), ("gen_ai.agent.name", "a")),
            Requests.Span(2, "loop").In(1),
            Call(3).In(2),
            Requests.Span(4, "execute_tool t", ("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", "t")).In(2),
            Call(5).In(4),
        ];
        await using var host = await ReceiverHost.StartAsync();

        foreach (var request in requests.Split(' '))
        {
            await host.TakeAsync(request.Split(',').Select(number => spans[number[0] - '1']));
        }

        Assert.Equal(
            """
            agent.name = "a"
            aiobs.agent.iterations = 1
            aiobs.agent.tools_used = ["t"]
            gen_ai.agent.name = "a"
            gen_ai.operation.name = "invoke_agent"
            openinference.span.kind = "AGENT"
            service.name = "agent-py"
            """,
            Kept.Of((await host.SpansAsync())[0]));
    }

    [Fact]
    public async Task AnswerThatAnotherSpanHas_IsNotPaidTwice()
    {
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(With(Call(1), trace: 1, "resp-1"));
        await host.TakeAsync(With(Call(2), trace: 2, "resp-1"), With(Call(3), trace: 2, "resp-2"));

        Assert.Equal([1, 3], (await host.CostsAsync()).Select(static cost => int.Parse(cost.SpanId!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task AnswerThatAClientOfThisProcessGot_IsNotPaidTwice()
    {
        await using var host = await ReceiverHost.StartAsync();
        using var model = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hi")) { ResponseId = "resp-1", Usage = new() { InputTokenCount = 5, OutputTokenCount = 1 } });
        using var client = model.AsBuilder().UseAgentObservability(host.Observability).Build();

        await client.GetResponseAsync("Hi", cancellationToken: Token);
        await host.TakeAsync(With(Call(1), trace: 1, "resp-1"));

        Assert.Equal(0.000_015m, Assert.Single(await host.CostsAsync()).Total);
    }

    [Fact]
    public async Task CurrentSpanAndContextOfTheRequest_HaveNothingToDoWithWhatItBrings()
    {
        var left = new List<(bool IsCurrent, string? User)>();
        await using var host = await ReceiverHost.StartAsync(use: app => app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            using var scope = AgentContext.Begin("c-here", "u-here", "s-here", ["here"]);
            using var current = new Activity("request").SetBaggage("user.id", "u-here").Start();
            await next(context);
            left.Add((ReferenceEquals(Activity.Current, current), AgentContext.Current?.UserId));
        }));

        await host.TakeAsync(Call(1));

        var span = await host.SpanAsync();
        Assert.Equal((null, null, null), (span.ConversationId, span.UserId, span.SessionId));
        Assert.Empty(span.Tags);
        Assert.Equal([(true, "u-here")], left);
        var cost = Assert.Single(await host.CostsAsync());
        Assert.Equal((null, null, span.TraceId, span.SpanId), (cost.UserId, cost.ConversationId, cost.TraceId, cost.SpanId));
    }

    [Fact]
    public async Task SpanBelowOneOfAnotherProcess_IsATopUnlessThatComesToo()
    {
        await using var host = await ReceiverHost.StartAsync();
        var here = Call(1);
        var below = Call(2).In(1);
        var elsewhere = Call(3).In(9);
        (below.Flags, elsewhere.Flags) = (0x300, 0x300);

        await host.TakeAsync(here, below, elsewhere, Call(4).In(9));

        Assert.Equal([true, false, true, false], (await host.SpansAsync()).Select(static span => span.IsRoot));
    }

    [Fact]
    public async Task Events_OfReceivedCalls_AreRaisedWithTheirIds()
    {
        var sink = new StubEventSink();
        await using var host = await ReceiverHost.StartAsync(build: builder => builder.AddEventSink(sink));

        await host.TakeAsync(Call(1));
        await host.Observability.Events.FlushAsync(Token);

        var (trace, span) = (Requests.Hex(Requests.TraceId(1)), Requests.Hex(Requests.SpanId(1)));
        Assert.Equal(
            [("message_sent", trace, span), ("response_received", trace, span), ("cost_recorded", trace, span)],
            sink.Accepted.Select(static item => (item.Type, item.TraceId, item.SpanId)));
    }

    [Fact]
    public async Task Metrics_OfReceivedCalls_AreTheirCostAlone()
    {
        await using var host = await ReceiverHost.StartAsync();
        using var metrics = new MetricCollector(host.Observability.Core.SourceName);

        await host.TakeAsync(Call(1));

        Assert.Equal([("aiobs.cost", 0.002)], metrics.Measurements.Select(static measured => (measured.Name, measured.Value)));
    }

    private static (string Key, object Value)[] Facts =>
    [
        ("gen_ai.operation.name", "chat"),
        ("gen_ai.provider.name", "openai"),
        ("gen_ai.request.model", "gpt-5-mini"),
        ("gen_ai.usage.input_tokens", 1_000),
        ("gen_ai.usage.output_tokens", 100),
    ];

    private static Span Call(int number) => Requests.Span(number, "chat gpt-5-mini", Facts);

    private static Span With(Span span, int trace, string response)
    {
        span.TraceId = Requests.TraceId(trace);
        span.Attributes.Add(Requests.Attribute("gen_ai.response.id", response));
        return span;
    }
}
