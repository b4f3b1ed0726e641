using System.Diagnostics;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

/// <summary>What is heard of a function loop, by whom, and what others notice of it.</summary>
public sealed class LoopListeningTests : AgentTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_Suppressed_LeavesNeitherSpanOfTheLoop(bool isStreaming)
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var loop = Loop(model.UseAgentObservability(Observe()));

        using (AgentContext.Suppress())
        {
            await RunAsync(loop, isStreaming, Weather());
        }

        Assert.Empty(Spans.Spans);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_SomebodyThrowsAtOurSpan_CurrentSpanIsTheOneAroundIt(bool isSampler)
    {
        Activity? inside = null;
        var look = AIFunctionFactory.Create(() => { inside = Activity.Current; }, "look");
        using var listener = ThrowingListener("execute_tool look", isSampler);
        using var model = StubChatClient.Scripted(Asks(new FunctionCallContent("c1", "look")), Says("Sunny."));
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming: false, look);

        Assert.Equal("invoke_agent helper", inside!.DisplayName);
        Assert.Equal(2, Spans.Spans.Count(static span => span.DisplayName == "chat stub-model"));
    }

    [Fact]
    public async Task Run_OnlyMetricsAreListenedTo_MeasuresToolsWithoutAgentToo()
    {
        var name = $"{Source}-metrics";
        using var metrics = new MetricCollector(name);
        Activity? inside = new("set");
        var look = AIFunctionFactory.Create(() => { inside = Activity.Current; }, "look");
        using var model = StubChatClient.Scripted(Asks(new FunctionCallContent("c1", "look")), Says("Sunny."));
        using var loop = Loop(model.UseAgentObservability(Observe(o => o.SourceName = name)));

        await RunAsync(loop, isStreaming: false, look);

        Assert.Equal("look", metrics.Only("gen_ai.execute_tool.duration").Tags["gen_ai.tool.name"]);
        Assert.Null(inside);
    }

    [Fact]
    public async Task Run_FunctionIsObservedByARootThatIsOff_LeavesTheSpanOfTheLoop()
    {
        var off = Observe(static o => o.Enabled = false);
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming: false, Weather().Observed(off));

        Assert.Equal("Sunny in Rome", Spans.Only("execute_tool weather").GetTagItem("output.value"));
    }

    [Fact]
    public async Task Run_HandWrittenLoopInsideOfATool_IsNotTakenForTheLoopAroundIt()
    {
        var root = Observe();
        using var innerModel = StubChatClient.Scripted(Asks(Call("i1", "weather", "Oslo")), Says("Sunny."));
        using var inner = new StubFunctionLoop(innerModel.UseAgentObservability(root)) { OpensSpans = true };
        var ask = AIFunctionFactory.Create(() => RunAsync(inner, isStreaming: false, Weather().Observed(root)), "ask");
        using var model = StubChatClient.Scripted(Asks(new FunctionCallContent("c1", "ask")), Says("Done."));
        using var agent = Agent(model, root);

        await RunAsync(agent, isStreaming: false, ask);

        Assert.Equal("c1", Spans.Only("execute_tool ask").GetTagItem("tool.id"));
        Assert.Equal(("i1", "Sunny in Oslo"), (
            Spans.Only("execute_tool weather").GetTagItem("tool.id"), Spans.Only("execute_tool weather").GetTagItem("output.value")));
    }

    [Fact]
    public async Task Run_ObservedFunctionCallsItself_OnlyTheFirstHasTheIdOfTheCall()
    {
        var root = Observe();
        AIFunction? self = null;
        self = AIFunctionFactory.Create(
            async (int depth) => depth == 0 ? 0 : (await self!.InvokeAsync(new() { ["depth"] = depth - 1 }, Token), 1).Item2, "dive").Observed(root);
        using var model = StubChatClient.Scripted(
            Asks(new FunctionCallContent("c1", "dive", new Dictionary<string, object?> { ["depth"] = 1 })), Says("Done."));
        using var agent = Agent(model, root);

        await RunAsync(agent, isStreaming: false, self);

        Assert.Equal([null, "c1"], Spans.Spans.Where(static span => span.DisplayName == "execute_tool dive").Select(static span => span.GetTagItem("tool.id")));
    }

    [Fact]
    public async Task Loop_OfMicrosoft_SaysWhatWeRelyOn()
    {
        using var source = new ActivitySource($"{Source}-contract");
        using var spans = new SpanCollector(source.Name);
        List<(string Name, object? Id, string? Call, bool HasCurrent)> seen = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => ReferenceEquals(candidate, source),
            ActivityStarted = span => seen.Add(Facts(span)),
            ActivityStopped = span => seen.Add(Facts(span)),
        };
        ActivitySource.AddActivityListener(listener);
        using var model = StubChatClient.Scripted(Asks(new FunctionCallContent("c1", "nothing")), Says("Done."));
        model.OnGetService = (type, _) => type == typeof(ActivitySource) ? source : null;
        using var loop = Loop(model);

        await RunAsync(loop, isStreaming: false, AIFunctionFactory.Create(static () => { }, "nothing"));

        Assert.Equal(
            [
                ("orchestrate_tools", null, null, true),
                ("execute_tool nothing", "c1", "c1", true),
                ("execute_tool nothing", "c1", "c1", true),
                ("orchestrate_tools", null, null, true),
            ],
            seen);
        var told = model.Calls[1].Messages.SelectMany(static message => message.Contents).OfType<FunctionResultContent>().Single();
        Assert.Equal("Success: Function completed.", told.Result);
    }

    private static (string Name, object? Id, string? Call, bool IsCurrent) Facts(Activity span) => (
        span.OperationName,
        span.GetTagItem("gen_ai.tool.call.id"),
        FunctionInvokingChatClient.CurrentContext?.CallContent.CallId,
        ReferenceEquals(span, Activity.Current));

    /// <summary>Throws when the second span of that name starts, which is ours.</summary>
    private ActivityListener ThrowingListener(string name, bool isSampler)
    {
        var started = 0;
        void ThrowAtTheSecond(string spanName)
        {
            if (spanName == name && ++started == 2)
            {
                throw new InvalidOperationException();
            }
        }

        var listener = new ActivityListener { ShouldListenTo = source => source.Name == Source };
        if (isSampler)
        {
            listener.Sample = (ref options) =>
            {
                ThrowAtTheSecond(options.Name);

                return ActivitySamplingResult.None;
            };
        }
        else
        {
            listener.ActivityStarted = span => ThrowAtTheSecond(span.OperationName);
        }

        ActivitySource.AddActivityListener(listener);

        return listener;
    }
}
