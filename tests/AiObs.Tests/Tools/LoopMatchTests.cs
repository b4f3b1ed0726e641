using System.Diagnostics;
using System.Runtime.CompilerServices;
using AiObs.Tests.Chat;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

/// <summary>Ids of calls repeat; results are never swapped for that.</summary>
public sealed class LoopMatchTests : AgentTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_SameIdInEveryRound_EachHasItsOwnResult(bool isStreaming)
    {
        using var model = StubChatClient.Scripted(
            Asks(Call("call", "weather", "Rome")), Asks(Call("call", "weather", "Oslo")), Says("Sunny."));
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming, Weather());

        Assert.Equal(["Sunny in Rome", "Sunny in Oslo"], Results);
    }

    [Fact]
    public async Task Run_IdStandsInTheHistoryAlready_TakesTheNewResult()
    {
        using var model = StubChatClient.Scripted(Asks(Call("call", "weather", "Rome")), Says("Sunny."));
        using var agent = Agent(model, Observe());
        ChatMessage[] history =
        [
            new(ChatRole.Assistant, [Call("call", "weather", "Oslo")]),
            new(ChatRole.Tool, [new FunctionResultContent("call", "Rain in Oslo")]),
            new(ChatRole.User, "And Rome?"),
        ];

        await agent.GetResponseAsync(history, new ChatOptions { Tools = [Weather()] }, Token);

        Assert.Equal(["Sunny in Rome"], Results);
    }

    [Fact]
    public async Task Run_ServiceKeepsTheHistory_FindsTheResultByItsId()
    {
        var asks = Asks(Call("call", "weather", "Rome"));
        asks.ConversationId = "conv-1";
        using var model = StubChatClient.Scripted(asks, Says("Sunny."));
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming: false, Weather());

        Assert.Single(model.Calls[1].Messages);
        Assert.Equal(["Sunny in Rome"], Results);
    }

    [Fact]
    public async Task Run_MessagesAreCopiedOnTheWay_FindsTheResultByItsCall()
    {
        var root = Observe();
        using var model = StubChatClient.Scripted(Asks(Call("call", "weather", "Rome")), Says("Sunny."));
        using var agent = Loop(new CopyingClient(model.UseAgentObservability(root))).UseAgent("helper", root);

        await RunAsync(agent, isStreaming: false, Weather());

        Assert.Equal(["Sunny in Rome"], Results);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_TwoLoopsOfOneAgentWithEqualIds_LaterOneAnswersFirst_NothingIsSwapped(bool isStreaming)
    {
        var root = Observe();
        var gate = new StubGate();
        using var first = Loop(new HeldClient(AsksFor("Rome").UseAgentObservability(root), gate));
        using var second = Loop(AsksFor("Oslo").UseAgentObservability(root));
        using var both = new StubChatClient
        {
            OnResponse = async _ =>
            {
                var late = RunAsync(first, isStreaming, Weather());
                await gate.Reached;
                await RunAsync(second, isStreaming, Weather());
                gate.Release();
                await late;

                return Says("Done.");
            },
        };
        using var agent = both.UseAgent("helper", root);

        await RunAsync(agent, isStreaming: false);

        Assert.All(Tools, static span => Assert.Contains(
            (string)span.GetTagItem("input.value")! switch { """{"city":"Rome"}""" => "Rome", _ => "Oslo" },
            (string)span.GetTagItem("output.value")!,
            StringComparison.Ordinal));
        Assert.Equal(2, Tools.Count);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Run_LoopAroundAnAgent_TellsTheAgentItsResults(bool isAgentAround, bool isStreaming)
    {
        var root = Observe();
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        var loop = Loop(model.UseAgentObservability(root).UseAgent("inner", root));
        using var client = isAgentAround ? loop.UseAgent("outer", root) : loop;

        await RunAsync(client, isStreaming, Weather());

        var tool = Spans.Only("execute_tool weather");
        Assert.Equal("Sunny in Rome", tool.GetTagItem("output.value"));
        Assert.True(Spans.Spans.ToList().IndexOf(tool) < Spans.Spans.ToList().FindLastIndex(static span => span.DisplayName == "invoke_agent inner"));
    }

    [Fact]
    public async Task Run_ToolRunsALoopOfItsOwn_EachIsSettledByItsLoop()
    {
        var root = Observe();
        using var innerModel = StubChatClient.Scripted(Asks(Call("call", "weather", "Oslo")), Says("Sunny."));
        using var inner = Loop(innerModel.UseAgentObservability(root));
        var ask = AIFunctionFactory.Create(
            async () =>
            {
                await RunAsync(inner, isStreaming: false, Weather());

                return "asked";
            },
            "ask");
        using var model = StubChatClient.Scripted(Asks(new FunctionCallContent("call", "ask")), Says("Done."));
        using var agent = Agent(model, root);

        await RunAsync(agent, isStreaming: false, ask);

        var outer = Spans.Only("execute_tool ask");
        var loop = Spans.Only("orchestrate_tools");
        Assert.Equal("asked", outer.GetTagItem("output.value"));
        Assert.Equal(["Sunny in Oslo"], Results);
        Assert.Equal(outer.SpanId, loop.ParentSpanId);
        Assert.Equal(loop.SpanId, Tools.Single().ParentSpanId);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Run_FunctionNeedsApproval_LeavesASpanOnlyIfItRan(bool isApproved, int expected)
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var agent = Agent(model, Observe());
        var options = new ChatOptions { Tools = [new ApprovalRequiredAIFunction(Weather())] };
        List<ChatMessage> history = [new(ChatRole.User, "How is Rome?")];

        var asked = await agent.GetResponseAsync(history, options, Token);
        history.AddMessages(asked);
        var request = asked.Messages.SelectMany(static message => message.Contents).OfType<ToolApprovalRequestContent>().Single();
        history.Add(new(ChatRole.User, [request.CreateResponse(isApproved)]));
        await agent.GetResponseAsync(history, options, Token);

        Assert.Equal(expected, Tools.Count);
        Assert.All(Results, static result => Assert.Equal("Sunny in Rome", result));
    }

    private List<Activity> Tools => [.. Spans.Spans.Where(static span => span.DisplayName == "execute_tool weather")];

    private IEnumerable<object?> Results => Tools.Select(static span => span.GetTagItem("output.value"));

    private static StubChatClient AsksFor(string city) => StubChatClient.Scripted(Asks(Call("call", "weather", city)), Says("Told."));

    /// <summary>Holds back the request that tells a result, before anybody hears of it.</summary>
    private sealed class HeldClient(IChatClient inner, StubGate gate) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await WaitAsync(messages, cancellationToken);

            return await base.GetResponseAsync(messages, options, cancellationToken);
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await WaitAsync(messages, cancellationToken);
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                yield return update;
            }
        }

        private async Task WaitAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
        {
            if (messages.Any(static message => message.Role == ChatRole.Tool))
            {
                await gate.WaitAsync(cancellationToken);
            }
        }
    }

    private sealed class CopyingClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetResponseAsync([.. messages.Select(static message => message.Clone())], options, cancellationToken);
    }
}
