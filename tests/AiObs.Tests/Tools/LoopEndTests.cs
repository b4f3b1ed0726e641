using System.Diagnostics;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

/// <summary>Loops that end without asking the model again.</summary>
public sealed class LoopEndTests : AgentTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_LoopGivesUpInAnAgent_ToolHasTheExceptionWithItsStack(bool isStreaming)
    {
        var root = Observe();
        var loop = Loop(AsksOnce().UseAgentObservability(root));
        loop.MaximumConsecutiveErrorsPerRequest = 0;
        using var agent = loop.UseAgent("helper", root);

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(agent, isStreaming, Failing));

        AssertFailed(hasStack: true);
    }

    [Fact]
    public async Task Run_LoopGivesUpOnSeveral_EachHasItsOwnException()
    {
        var root = Observe();
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome"), Call("c2", "weather", "Oslo")));
        var loop = Loop(model.UseAgentObservability(root), isParallel: true);
        loop.MaximumConsecutiveErrorsPerRequest = 0;
        using var agent = loop.UseAgent("helper", root);
        var failing = AIFunctionFactory.Create(string (string city) => throw new InvalidOperationException(city), "weather");

        await Assert.ThrowsAsync<AggregateException>(() => RunAsync(agent, isStreaming: false, failing));

        Assert.Equal(["Oslo", "Rome"], Tools.Select(static span => span.StatusDescription).Order());
        Assert.All(Tools, static span => Assert.Contains(span.Events, static each => each.Tags.Any(static tag => tag.Key == "exception.stacktrace")));
    }

    [Fact]
    public async Task Run_LoopGivesUpWithoutAgent_ToolHasTypeAndMessage()
    {
        var loop = Loop(AsksOnce().UseAgentObservability(Observe()));
        loop.MaximumConsecutiveErrorsPerRequest = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(loop, isStreaming: false, Failing));

        AssertFailed(hasStack: false);
    }

    [Theory]
    [InlineData(false, "How nice.")]
    [InlineData(true, "How nice.")]
    public async Task Run_FunctionEndsTheLoopInAnAgent_AnswerTellsTheResult(bool isStreaming, string expected)
    {
        using var agent = Agent(AsksOnce(), Observe());

        await RunAsync(agent, isStreaming, Terminating);

        Assert.Equal(expected, Tools.Single().GetTagItem("output.value"));
        Assert.Equal(Spans.Only("invoke_agent helper").SpanId, Tools.Single().ParentSpanId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_FunctionEndsTheLoopWithoutAgent_ToolHasNoResultAndEndsWithTheLoop(bool isStreaming)
    {
        using var loop = Loop(AsksOnce().UseAgentObservability(Observe()));

        await RunAsync(loop, isStreaming, Terminating);

        Assert.Null(Tools.Single().GetTagItem("output.value"));
        SpanAssert.Status(ActivityStatusCode.Unset, null, Tools.Single());
        Assert.Equal("""{"city":"Rome"}""", Tools.Single().GetTagItem("input.value"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_AgentOverAModelThatNobodyObserves_AnswerTellsTheResults(bool isStreaming)
    {
        using var model = StubChatClient.Scripted(
            Asks(Call("c1", "weather", "Rome")), Asks(Call("c1", "weather", "Oslo")), Says("Sunny."));
        using var agent = Loop(model).UseAgent("helper", Observe());

        await RunAsync(agent, isStreaming, Weather());

        Assert.Equal(["Sunny in Rome", "Sunny in Oslo"], Tools.Select(static span => span.GetTagItem("output.value")));
    }

    [Fact]
    public async Task Run_CallerCancelsInAFunction_ToolIsCancelled()
    {
        using var source = new CancellationTokenSource();
        var root = Observe();
        using var agent = Agent(AsksOnce(), root);
        var cancelled = AIFunctionFactory.Create(
            async (string city, CancellationToken token) =>
            {
                await source.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            "weather");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => agent.GetResponseAsync("How is Rome?", new ChatOptions { Tools = [cancelled] }, source.Token));

        Assert.Equal("System.OperationCanceledException", Tools.Single().GetTagItem("error.type"));
        Assert.Single(Tools.Single().Events);
    }

    [Fact]
    public async Task Run_ConsumerLeavesAfterTheFirstResult_ToolIsEndedWithIt()
    {
        using var agent = Agent(AsksOnce(), Observe());

        await foreach (var update in agent.GetStreamingResponseAsync("Hi", new ChatOptions { Tools = [Weather()] }, Token))
        {
            if (update.Contents.OfType<FunctionResultContent>().Any())
            {
                break;
            }
        }

        Assert.Equal("Sunny in Rome", Tools.Single().GetTagItem("output.value"));
        Assert.True(Spans.Only("invoke_agent helper").IsStopped);
    }

    [Fact]
    public async Task Run_MoreCallsThanMayWait_EndsTheOldestWithoutResult()
    {
        using var metrics = new MetricCollector(Source);
        using var model = StubChatClient.Scripted(
            Asks([.. Enumerable.Range(0, 257).Select(static number => Call($"c{number}", "weather", "Rome"))]), Says("Sunny."));
        using var agent = Loop(model).UseAgent("helper", Observe());

        await RunAsync(agent, isStreaming: false, Weather());

        Assert.Equal(257, Tools.Count);
        Assert.Equal(["c0"], Tools.Where(static span => span.GetTagItem("output.value") is null).Select(static span => span.GetTagItem("tool.id")));
        Assert.Equal("tool_result", metrics.Only("aiobs.drops").Tags["aiobs.part"]);
    }

    private static AIFunction Failing =>
        AIFunctionFactory.Create(string (string city) => throw new InvalidOperationException("no weather"), "weather");

    private static AIFunction Terminating => AIFunctionFactory.Create(
        (string city) =>
        {
            FunctionInvokingChatClient.CurrentContext!.Terminate = true;

            return "How nice.";
        },
        "weather");

    private List<Activity> Tools => [.. Spans.Spans.Where(static span => span.DisplayName == "execute_tool weather")];

    private static StubChatClient AsksOnce() => StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));

    private void AssertFailed(bool hasStack)
    {
        var span = Tools.Single();
        SpanAssert.Status(ActivityStatusCode.Error, "no weather", span);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Equal(hasStack, Assert.Single(span.Events).Tags.Any(static tag => tag.Key == "exception.stacktrace"));
    }
}
