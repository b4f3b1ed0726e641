using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class AgentRollUpTests : AgentTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_NestedAgentOfTheSameName_EachCountsItsOwn(bool isStreaming)
    {
        var root = Observe();
        using var innerModel = StubChatClient.Scripted(
            Asks(Call("i1", "weather", "Rome")), Asks(Call("i2", "weather", "Oslo")), Says("Sunny."));
        using var inner = Agent(innerModel, root);
        var ask = AIFunctionFactory.Create(
            async (string city) =>
            {
                await RunAsync(inner, isStreaming, Weather());

                return "asked";
            },
            "ask");
        using var model = StubChatClient.Scripted(Asks(Call("c1", "ask", "Rome")), Says("Done."));
        using var outer = Agent(model, root);

        await RunAsync(outer, isStreaming, ask);

        var spans = Spans.Spans.Where(span => span.DisplayName == "invoke_agent helper").ToList();
        Assert.Equal([3L, 2L], spans.Select(span => span.GetTagItem("aiobs.agent.iterations")));
        Assert.Equal([["weather"], ["ask"]], spans.Select(span => (string[]?)span.GetTagItem("aiobs.agent.tools_used")));
        Assert.Equal(Spans.Only("execute_tool ask").SpanId, spans[0].ParentSpanId);
        Assert.Equal(["chat stub-model", "execute_tool ask", "chat stub-model"], ChildrenOf(spans[1]));
    }

    [Fact]
    public async Task Run_ToolCallsAModel_IsNoIterationOfTheAgent()
    {
        var root = Observe();
        using var helper = StubChatClient.Streaming(new ChatResponseUpdate(ChatRole.Assistant, "Rome")).UseAgentObservability(root);
        var guess = AIFunctionFactory.Create(
            async () =>
            {
                var answer = await helper.GetStreamingResponseAsync("Guess a city.", cancellationToken: Token).ToChatResponseAsync(Token);

                return answer.Text;
            },
            "guess");
        using var model = StubChatClient.Scripted(Asks(new FunctionCallContent("c1", "guess")), Says("Rome it is."));
        using var agent = Agent(model, root);

        await RunAsync(agent, isStreaming: false, guess);

        Assert.Equal(2L, Spans.Only("invoke_agent helper").GetTagItem("aiobs.agent.iterations"));
        Assert.Equal(["chat stub-model"], ChildrenOf(Spans.Only("execute_tool guess")));
    }

    [Fact]
    public async Task Run_SeveralTools_NamesEachOnce()
    {
        var root = Observe();
        var news = AIFunctionFactory.Create((string city) => $"Nothing new in {city}", "news");
        using var model = StubChatClient.Scripted(
            Asks(Call("c1", "weather", "Rome"), Call("c2", "news", "Rome")), Asks(Call("c3", "weather", "Oslo")), Says("Sunny."));
        using var agent = Agent(model, root);

        await RunAsync(agent, isStreaming: false, Weather(), news);

        var tools = Assert.IsType<string[]>(Spans.Only("invoke_agent helper").GetTagItem("aiobs.agent.tools_used"));
        Assert.Equal(["news", "weather"], tools);
    }

    [Fact]
    public async Task Run_TwoAtTheSameTime_EachHasItsOwnSpansAndCounts()
    {
        var root = Observe();
        var gate = new StubGate();
        var wait = AIFunctionFactory.Create(
            async (string city) =>
            {
                await gate.WaitAsync(Token);

                return city;
            },
            "wait");
        using var first = Agent(StubChatClient.Scripted(Asks(Call("c1", "wait", "Rome")), Says("Done.")), root);
        using var second = Agent(
            StubChatClient.Scripted(Asks(Call("c2", "wait", "Oslo")), Asks(Call("c3", "wait", "Bern")), Says("Done.")), root);

        var runs = Task.WhenAll(RunAsync(first, isStreaming: false, wait), RunAsync(second, isStreaming: true, wait));
        await gate.Reached;
        gate.Release();
        await runs;

        var counts = Spans.Spans
            .Where(span => span.DisplayName == "invoke_agent helper")
            .Select(span => (span.GetTagItem("aiobs.agent.iterations"), ChildrenOf(span).Count()))
            .Order();
        Assert.Equal([(2L, 3), (3L, 5)], counts);
    }

    [Fact]
    public async Task Run_Any_RepeatsNeitherUsageNorModelNorMessages()
    {
        using var model = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."))
        {
            ModelId = "stub-model-1",
            Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 },
        });
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming: false);

        Assert.DoesNotContain(
            Spans.Only("invoke_agent helper").TagObjects,
            tag => tag.Key.StartsWith("gen_ai.usage", StringComparison.Ordinal)
                || tag.Key.StartsWith("llm.", StringComparison.Ordinal)
                || tag.Key.Contains("model", StringComparison.Ordinal)
                || tag.Key.EndsWith("messages", StringComparison.Ordinal));
    }
}
